/** All conversations, by the language tag of their rooms and in the order in which a lounge lists them. */
import { arabic } from "./ar.ts";
import { german } from "./de.ts";
import { english } from "./en.ts";
import { spanish } from "./es.ts";
import { french } from "./fr.ts";
import { hindi } from "./hi.ts";
import { italian } from "./it.ts";
import { japanese } from "./ja.ts";
import { korean } from "./ko.ts";
import { portuguese } from "./pt.ts";
import { russian } from "./ru.ts";
import type { LanguageTalk } from "./shape.ts";
import { chinese } from "./zh.ts";

export const TALK: Readonly<Record<string, LanguageTalk>> = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
  pt: portuguese,
  it: italian,
  hi: hindi,
  ar: arabic,
  zh: chinese,
  ja: japanese,
  ko: korean,
  ru: russian,
};
