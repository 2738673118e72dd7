import type { AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import { Page } from "../layout/Page.tsx";
import { ADMIN_LOUNGES_HREF } from "../links.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Field } from "../ui/Field.tsx";
import { Form, FormNotice } from "../ui/Form.tsx";
import { Panel } from "../ui/Panel.tsx";
import { type Refused, stateOf } from "./form.ts";
import { LoungeFields } from "./LoungeFields.tsx";
import { LoungeRow } from "./LoungeRow.tsx";

export interface LoungesPageProps {
  csrf: string;
  /** By position, the archived too. */
  lounges: AdminLounge[];
  /** Something that was just done. */
  notice?: string;
  refused?: Refused;
}

function Lounges({ title, lounges, csrf }: { title: string; lounges: AdminLounge[]; csrf: string }) {
  const id = title.toLowerCase();
  return (
    <section aria-labelledby={`${id}-lounges`}>
      <h2 id={`${id}-lounges`} class="mb-2 font-bold text-soft">{`${title} (${lounges.length})`}</h2>
      <ul class="divide-y divide-line rounded-lg border border-line bg-raised">
        {lounges.map((lounge) => <LoungeRow key={lounge.id} lounge={lounge} csrf={csrf} />)}
      </ul>
    </section>
  );
}

function NewLounge({ csrf, refused }: LoungesPageProps) {
  const state = stateOf("new", {}, refused);
  return (
    <Panel id="new" title="New lounge" lead="It stands open at once; its rooms come next.">
      <Form action={`${ADMIN_LOUNGES_HREF}#new`} csrf={csrf} error={state.error}>
        <Field
          name="slug"
          label="Address"
          hint="Small letters, digits and dashes. Links hold it, so it stays."
          autocapitalize="none"
          spellcheck={false}
          dir="ltr"
          required
          value={state.values.slug}
          error={state.errors?.slug}
        />
        <LoungeFields {...state} isNew />
        <Button type="submit" kind="primary" name="step" value="new">Make the lounge</Button>
      </Form>
    </Panel>
  );
}

/** `/admin/lounges`: all lounges, and a form for one more. */
export function LoungesPage(props: LoungesPageProps) {
  const { lounges, csrf, notice, refused } = props;
  const [closed, open] = [true, false].map((archived) =>
    lounges.filter((lounge) => lounge.archived === archived)
  );
  return (
    <Page title="Lounges of the house" lead="What everybody finds under “Lounges”, and what is put away.">
      <div class="flex flex-col gap-6">
        <FormNotice text={notice} />
        <div class="lg:hidden">
          <ButtonLink icon="plus" href="#new">New lounge</ButtonLink>
        </div>
        <div class="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_23rem]">
          <div class="flex flex-col gap-6">
            {open!.length > 0
              ? <Lounges title="Open" lounges={open!} csrf={csrf} />
              : <EmptyState title="No lounge is open" text="Make the first one with the form beside this." />}
            {closed!.length > 0 && <Lounges title="Archived" lounges={closed!} csrf={csrf} />}
          </div>
          <NewLounge csrf={csrf} lounges={lounges} refused={refused} />
        </div>
      </div>
    </Page>
  );
}
