import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { FieldError } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";
import { Panel } from "../ui/Panel.tsx";

export interface AvatarPanelProps {
  csrf: string;
  name: string;
  avatar?: string;
  error?: string;
}

/** The picture: one form to choose it, one to go back to the drawn one. */
export function AvatarPanel({ csrf, name, avatar, error }: AvatarPanelProps) {
  return (
    <Panel
      id="picture"
      title="Picture"
      lead="A JPEG, PNG or WebP of at most 10 MB. We cut it square and take out where and when it was taken."
    >
      <div class="flex flex-wrap items-center gap-5">
        <Avatar name={name} src={avatar} size="huge" />
        <div class="min-w-0 grow basis-64">
          <Form multipart action="/me/avatar" csrf={csrf}>
            <div>
              <label for="avatar" class="block font-bold">Choose a picture</label>
              <input
                id="avatar"
                name="avatar"
                type="file"
                accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
                required
                class="mt-1.5 block w-full min-h-[44px] py-2"
                aria-invalid={error ? "true" : undefined}
                aria-describedby={error ? "avatar-error" : undefined}
              />
              <FieldError id="avatar-error" text={error} />
            </div>
            <div class="flex flex-wrap gap-3">
              <Button type="submit" icon="camera">Use this picture</Button>
            </div>
          </Form>
        </div>
      </div>
      {avatar && (
        <Form inline action="/me/avatar" csrf={csrf} hidden={{ remove: "on" }}>
          <Button type="submit" kind="quiet" size="small" icon="delete">Take the picture away</Button>
        </Form>
      )}
    </Panel>
  );
}
