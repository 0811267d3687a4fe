// Which ending was read on this phone: until then Today tells it.
import { remembered } from "../data/flags.ts";

export const endingRead = remembered("ending-read", "");
