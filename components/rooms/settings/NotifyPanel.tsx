import { NOTIFICATIONS_HREF } from "../../links.ts";
import { NotifyLevel } from "../../room/NotifyLevel.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { TextLink } from "../../ui/TextLink.tsx";
import type { SettingsProps } from "./props.ts";

/** What the viewer is told of this room: their own affair, whatever they are in it. */
export function NotifyPanel({ details: { room }, level, csrf, path }: SettingsProps) {
  return (
    <Panel
      id="notify"
      title="Notifications"
      lead={
        <>
          For you alone, on all your devices.{" "}
          <TextLink href={NOTIFICATIONS_HREF}>Quiet hours and devices</TextLink>
        </>
      }
    >
      <NotifyLevel room={room} level={level} csrf={csrf} next={`${path}?done=notify`} />
    </Panel>
  );
}
