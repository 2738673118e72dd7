/** The time as milliseconds since the epoch; tests hand in their own. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
