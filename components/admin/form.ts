/** What a form of the admin pages holds when it is drawn: what was typed, when it came back, and what is wrong with it. */
export interface FormState {
  values: Record<string, string>;
  errors?: Record<string, string>;
  error?: string;
}

/** A form that came back. A page has several; `form` names this one. */
export interface Refused extends FormState {
  form: string;
}

/** The state of the form called `name`: as it came back, or as it is `kept`. */
export function stateOf(name: string, kept: Record<string, string>, refused?: Refused): FormState {
  return refused?.form === name ? { ...refused, values: { ...kept, ...refused.values } } : { values: kept };
}
