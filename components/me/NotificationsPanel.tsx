import type { ComponentChildren } from "preact";
import {
  type Device,
  type NotificationSettings,
  type NotifyLevel as Level,
  timeOfMinutes,
} from "../../lib/protocol/forms/notifications.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { roomTitle } from "../../lib/protocol/room_names.ts";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { type Clock, dayName, fullTime, timeOfDay } from "../clock.ts";
import { NOTIFICATIONS_HREF } from "../links.ts";
import { levelOptions, NotifyLevel } from "../room/NotifyLevel.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceCard } from "../ui/ChoiceCard.tsx";
import { Field } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Panel } from "../ui/Panel.tsx";
import { Select } from "../ui/Select.tsx";
import { deviceName, isPhone } from "./device_name.ts";

export interface NotificationsProps {
  settings: NotificationSettings;
  /** Rooms with a level of their own, as far as they can still be seen. */
  rooms: { room: RoomInfo; level: Level }[];
  viewerId: UserId;
  /** Every name there is. */
  timeZones: string[];
  clock: Clock;
  csrf: string;
  /** What was typed into the form of settings that came back, and what is wrong with it. */
  refused?: { values: Record<string, string>; errors: Record<string, string>; error?: string };
  /** Turns this browser on and off; scripts alone can. */
  here: ComponentChildren;
}

/** This browser, and the others. */
export function DevicesPanel({ settings: { devices }, clock, csrf, here }: NotificationsProps) {
  return (
    <Panel
      id="devices"
      title="On your devices"
      lead="While Parley is not on your screen, this browser can show you what is new. It asks for permission only when you press the button."
    >
      {here}
      <noscript>
        <p class="text-soft">Turning notifications on takes JavaScript.</p>
      </noscript>
      {devices.length > 0 && (
        <ul class="divide-y divide-line" aria-label="Devices with notifications">
          {devices.map((device) => <DeviceRow key={device.id} device={device} clock={clock} csrf={csrf} />)}
        </ul>
      )}
    </Panel>
  );
}

function DeviceRow({ device, clock, csrf }: { device: Device; clock: Clock; csrf: string }) {
  const name = deviceName(device.userAgent);
  const at = device.reachedAt;
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-2 py-3" data-device={device.id}>
      <Icon name={isPhone(device.userAgent) ? "phone" : "devices"} class="size-6 text-soft" />
      <div class="min-w-0 grow basis-40">
        <p class="flex flex-wrap items-center gap-2 font-bold">
          {name}
          {device.current && <Badge tone="accent">This session</Badge>}
        </p>
        <p class="text-sm text-soft">
          {at
            ? (
              <>
                {"Last notified: "}
                <time dateTime={at} title={fullTime(clock, at)}>
                  {dayName(clock, at)}, <span dir="ltr">{timeOfDay(clock, at)}</span>
                </time>
              </>
            )
            : "Nothing sent yet"}
        </p>
      </div>
      <Form inline action={NOTIFICATIONS_HREF} csrf={csrf} hidden={{ step: "device", id: device.id }}>
        <Button type="submit" size="small">
          Remove<span class="sr-only">{` ${name}`}</span>
        </Button>
      </Form>
    </li>
  );
}

function QuietHours({ settings: { quiet }, timeZones, refused }: NotificationsProps) {
  const { values, errors = {} } = refused ?? { values: undefined };
  const zone = values?.timeZone ?? quiet?.timeZone ?? "";
  const zones = zone === "" || timeZones.includes(zone) ? timeZones : [zone, ...timeZones];
  return (
    <fieldset class="flex flex-col gap-4">
      <legend class="sr-only">Quiet hours</legend>
      <ChoiceCard
        type="checkbox"
        name="quiet"
        value="on"
        checked={values ? values.quiet === "on" : quiet !== null}
        title="Quiet hours"
        text="No notifications between these times, every day. What comes meanwhile waits unread."
      />
      <div class="grid gap-4 sm:grid-cols-2">
        <Field
          name="from"
          type="time"
          label="From"
          value={values?.from ?? timeOfMinutes(quiet?.from ?? 22 * 60)}
          error={errors.from}
        />
        <Field
          name="to"
          type="time"
          label="To"
          value={values?.to ?? timeOfMinutes(quiet?.to ?? 7 * 60)}
          error={errors.to}
        />
      </div>
      <Select
        name="timeZone"
        label="Your time zone"
        options={[{ value: "", label: "Choose …" }, ...zones.map((value) => ({ value, label: value }))]}
        value={zone}
        error={errors.timeZone}
        data-guess={quiet === null ? "" : undefined}
      />
    </fieldset>
  );
}

/** What there are notifications of, and when there are none. */
export function SettingsPanel(props: NotificationsProps) {
  const { settings, csrf, refused } = props;
  const { values, errors = {}, error } = refused ?? { values: undefined };
  return (
    <Panel id="settings" title="What to notify me about">
      <Form action={`${NOTIFICATIONS_HREF}#settings`} csrf={csrf} hidden={{ step: "settings" }} error={error}>
        <Select
          name="directLevel"
          label="Direct messages"
          options={levelOptions()}
          value={values?.directLevel ?? settings.directLevel}
          error={errors.directLevel}
        />
        <Select
          name="roomsLevel"
          label="Rooms you are in"
          hint="In lounges it is mentions and replies at most, unless you choose otherwise there."
          options={levelOptions()}
          value={values?.roomsLevel ?? settings.roomsLevel}
          error={errors.roomsLevel}
        />
        <ChoiceCard
          type="checkbox"
          name="hideWords"
          value="on"
          checked={values ? values.hideWords === "on" : settings.hideWords}
          title="Hide the words"
          text="Notifications say “New message”, and not what it says: for screens that others can see."
        />
        <QuietHours {...props} />
        <div>
          <Button type="submit" kind="primary">Save</Button>
        </div>
      </Form>
    </Panel>
  );
}

const MUTES = [
  { value: "1", label: "For an hour" },
  { value: "8", label: "For eight hours" },
  { value: "24", label: "For a day" },
  { value: "168", label: "For a week" },
];

/** Silence for a while, everywhere. */
export function MutePanel({ settings: { mutedUntil, quiet }, clock, csrf }: NotificationsProps) {
  if (mutedUntil) {
    const timeZone = quiet?.timeZone ?? clock.timeZone;
    const until = `${fullTime({ ...clock, timeZone }, mutedUntil)} (${timeZone})`;
    return (
      <Panel id="mute" title="Pause" lead={`Notifications are paused on all your devices until ${until}.`}>
        <Form inline action={`${NOTIFICATIONS_HREF}#mute`} csrf={csrf} hidden={{ step: "mute", hours: "0" }}>
          <Button type="submit">Resume</Button>
        </Form>
      </Panel>
    );
  }
  return (
    <Panel id="mute" title="Pause" lead="No notifications on any of your devices for a while.">
      <Form inline action={`${NOTIFICATIONS_HREF}#mute`} csrf={csrf} hidden={{ step: "mute" }}>
        <div class="min-w-0 grow basis-56">
          <Select name="hours" label="How long" options={MUTES} value="8" />
        </div>
        <div class="self-end">
          <Button type="submit">Pause</Button>
        </div>
      </Form>
    </Panel>
  );
}

/** Rooms with a level of their own. */
export function RoomLevelsPanel({ rooms, viewerId, csrf }: NotificationsProps) {
  if (rooms.length === 0) return null;
  return (
    <Panel id="rooms" title="Rooms with their own setting">
      <ul class="divide-y divide-line">
        {rooms.map(({ room, level }) => {
          const title = roomTitle(room, viewerId);
          return (
            <li key={room.id} class="py-3">
              <NotifyLevel room={room} level={level} csrf={csrf} title={title} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
