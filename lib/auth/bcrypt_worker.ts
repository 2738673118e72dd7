/** The worker's side of {@link bcryptInWorker}. */
import bcrypt from "bcryptjs";
import type { BcryptAnswer, BcryptTask } from "./bcrypt.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<BcryptTask>) => void;
  postMessage(answer: BcryptAnswer): void;
};

scope.onmessage = ({ data }) => {
  try {
    const value = "cost" in data
      ? bcrypt.hashSync(data.text, data.cost)
      : bcrypt.compareSync(data.text, data.hash);
    scope.postMessage({ id: data.id, value });
  } catch (error) {
    scope.postMessage({ id: data.id, error: String(error) });
  }
};
