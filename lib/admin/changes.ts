type Value = string | number | boolean;

/**
 * What a change really changes, as the audit log keeps it: `name` is what it is now, `name.before` what it was.
 * `null` when nothing does.
 */
export function changesBetween(
  before: Record<string, Value>,
  change: Record<string, Value | undefined>,
): Record<string, Value> | null {
  const changed = Object.entries(change).flatMap(([field, value]) =>
    value === undefined || value === before[field]
      ? []
      : [[field, value], [`${field}.before`, before[field]!]] as [string, Value][]
  );
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}
