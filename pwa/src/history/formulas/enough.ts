// Every formula answers with numbers only from its minimum n on. Below it the answer says so, and what would be enough.

/** Too little to say anything: `n` is what is there, `needs` what it takes. */
export type NotEnough = { readonly n: number; readonly needs: number };

/** Whether a formula had too little to answer. */
export function notEnough(answer: unknown): answer is NotEnough {
  return typeof answer === "object" && answer !== null && "needs" in answer;
}
