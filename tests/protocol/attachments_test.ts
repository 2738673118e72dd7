import { expect } from "expect";
import { isPicture, kindOf } from "../../lib/protocol/attachments.ts";

Deno.test("a message is of pictures when all its files are, else of files", () => {
  const [picture, file] = [{ width: 3 }, {}];
  expect([kindOf([]), kindOf([picture]), kindOf([picture, picture]), kindOf([file]), kindOf([picture, file])])
    .toEqual(["TEXT", "IMAGE", "IMAGE", "FILE", "FILE"]);
  expect([isPicture(picture), isPicture(file)]).toEqual([true, false]);
});
