import type { PasskeyView } from "../../lib/protocol/forms/passkeys.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";

export interface PasskeyListProps {
  passkeys: PasskeyView[];
  /** The one whose name is being changed. */
  renaming?: string;
  busy: boolean;
  onRename: (id: string | undefined) => void;
  onName: (id: string, name: string) => void;
  onRemove: (id: string) => void;
}

type RowProps = Omit<PasskeyListProps, "passkeys"> & { passkey: PasskeyView };

function RenameForm({ passkey, busy, onRename, onName }: RowProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onName(passkey.id, String(new FormData(event.currentTarget as HTMLFormElement).get("passkey-name")));
  };
  return (
    <form class="flex grow flex-wrap items-end gap-3" onSubmit={submit}>
      <Field name="passkey-name" label="Name" value={passkey.name} maxLength={60} required autofocus />
      <Button type="submit" kind="primary" disabled={busy}>Save</Button>
      <Button kind="quiet" onClick={() => onRename(undefined)}>Cancel</Button>
    </form>
  );
}

function Row(props: RowProps) {
  const { passkey, busy, onRename, onRemove } = props;
  const named = <span class="sr-only">{` ${passkey.name}`}</span>;
  return (
    <li class="flex flex-wrap items-center gap-3 p-4" data-passkey={passkey.id}>
      <Icon name="key" class="size-6 text-soft" />
      {props.renaming === passkey.id ? <RenameForm {...props} /> : (
        <>
          <div class="min-w-0 grow basis-40">
            <p class="truncate font-bold" dir="auto">{passkey.name}</p>
            <p class="text-sm text-soft tabular-nums">
              Added {passkey.createdAt.slice(0, 10)},{" "}
              {passkey.lastUsedAt ? `last used ${passkey.lastUsedAt.slice(0, 10)}` : "not used yet"}
            </p>
          </div>
          <div class="flex gap-3">
            <Button size="small" disabled={busy} onClick={() => onRename(passkey.id)}>Rename{named}</Button>
            <Button size="small" kind="danger" disabled={busy} onClick={() => onRemove(passkey.id)}>
              Remove{named}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}

/** The passkeys of an account. */
export function PasskeyList({ passkeys, ...rest }: PasskeyListProps) {
  if (passkeys.length === 0) return <p class="text-soft">You have no passkeys yet.</p>;
  return (
    <ul class="divide-y divide-line rounded-lg border border-line">
      {passkeys.map((passkey) => <Row key={passkey.id} passkey={passkey} {...rest} />)}
    </ul>
  );
}
