/** A soft oval on the figure, as centre and radii in the figure's own units. */
export type Spot = { x: number; y: number; rx: number; ry: number };

/** A place that can be tapped: one region of the vocabulary, drawn as one spot or as a pair. */
export type Zone = { id: string; spots: readonly Spot[] };

export type View = "front" | "back" | "head";
export type Figure = { width: number; height: number; outline: string; zones: readonly Zone[] };

const BODY = "M160 14C184 14 198 32 198 56C198 76 191 88 182 96C180 104 180 110 182 116C188 126 216 122 236 130C254 137 260 156 263 178C266 204 271 222 277 250C282 278 286 298 290 320C296 332 300 350 297 366C295 380 282 386 273 378C264 370 264 348 266 330C259 300 252 282 248 258C244 238 239 218 234 202C232 222 226 246 224 268C223 290 232 318 235 346C238 388 230 424 226 462C224 500 218 526 214 552C214 564 226 578 234 588C240 600 230 606 218 606C202 606 184 606 182 594C180 574 184 560 184 546C186 510 178 490 178 462C178 424 172 398 160 376C148 398 142 424 142 462C142 490 134 510 136 546C136 560 140 574 138 594C136 606 118 606 102 606C90 606 80 600 86 588C94 578 106 564 106 552C102 526 96 500 94 462C90 424 82 388 85 346C88 318 97 290 96 268C94 246 88 222 86 202C81 218 76 238 72 258C68 282 61 300 54 330C56 348 56 370 47 378C38 386 25 380 23 366C20 350 24 332 30 320C34 298 38 278 43 250C49 222 54 204 57 178C60 156 66 137 84 130C104 122 132 126 138 116C140 110 140 104 138 96C129 88 122 76 122 56C122 32 136 14 160 14Z";
const HEAD = "M20 380C50 366 96 362 108 346C116 330 118 310 114 292C68 262 54 210 54 140C54 76 90 20 160 20C230 20 266 76 266 140C266 210 252 262 206 292C202 310 204 330 212 346C224 362 270 366 300 380";

const MIDDLE = 160;

/** The three outlines. Spots are at least 54 units across on a figure 320 wide, and do not overlap. */
export const figures: Record<View, Figure> = {
  front: {
    width: 320, height: 620, outline: BODY,
    zones: [
      { id: "head", spots: [middle(54, 31, 31)] },
      { id: "throat", spots: [middle(116, 27, 27)] },
      { id: "shoulders", spots: pair(80, 152) },
      { id: "chest", spots: [middle(174, 38, 27)] },
      { id: "heart", spots: [{ x: MIDDLE + 25, y: 224, rx: 27, ry: 27 }] },
      { id: "stomach", spots: [{ x: MIDDLE - 8, y: 274, rx: 31, ry: 27 }] },
      { id: "arms", spots: pair(100, 240) },
      { id: "belly", spots: [middle(330, 34, 28)] },
      { id: "hips", spots: pair(54, 368) },
      { id: "hands", spots: pair(121, 352) },
      { id: "legs", spots: pair(44, 426) },
      { id: "knees", spots: pair(42, 488) },
      { id: "feet", spots: pair(48, 586) },
    ],
  },
  back: {
    width: 320, height: 620, outline: BODY,
    zones: [
      { id: "head", spots: [middle(54, 31, 31)] },
      { id: "neck", spots: [middle(116, 27, 27)] },
      { id: "shoulders", spots: pair(80, 152) },
      { id: "upper_back", spots: [middle(195, 48, 34)] },
      { id: "arms", spots: pair(100, 240) },
      { id: "lower_back", spots: [middle(284, 44, 36)] },
      { id: "hips", spots: pair(52, 352) },
      { id: "hands", spots: pair(121, 352) },
      { id: "legs", spots: pair(44, 432) },
      { id: "feet", spots: pair(48, 586) },
    ],
  },
  head: {
    width: 320, height: 384, outline: HEAD,
    zones: [
      { id: "head", spots: [middle(44, 54, 27)] },
      { id: "forehead", spots: [middle(102, 62, 28)] },
      { id: "eyes", spots: [{ x: MIDDLE - 44, y: 160, rx: 32, ry: 27 }, { x: MIDDLE + 44, y: 160, rx: 32, ry: 27 }] },
      { id: "face", spots: [middle(217, 58, 28)] },
      { id: "jaw", spots: [middle(275, 48, 27)] },
      { id: "throat", spots: [middle(338, 40, 28)] },
    ],
  },
};

/** Region ids that are drawn on a figure; all others are offered as chips beside it. */
export const drawn: ReadonlySet<string> = new Set(
  Object.values(figures).flatMap((figure) => figure.zones.map((zone) => zone.id)),
);

function middle(y: number, rx: number, ry: number): Spot {
  return { x: MIDDLE, y, rx, ry };
}

function pair(offset: number, y: number): Spot[] {
  return [{ x: MIDDLE - offset, y, rx: 27, ry: 27 }, { x: MIDDLE + offset, y, rx: 27, ry: 27 }];
}
