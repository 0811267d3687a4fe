// A phone with one tab: an open channel would keep the test from ending. Import this first.
Reflect.deleteProperty(globalThis, "BroadcastChannel");
