import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A view that is loaded when it is first drawn; until then there is nothing in its place. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return function Later(props: Props) {
    const [View, setView] = useState<ComponentType<Props> | null>(null);
    useEffect(() => void load().then((view) => setView(() => view)), []);
    return View && <View {...props} />;
  };
}
