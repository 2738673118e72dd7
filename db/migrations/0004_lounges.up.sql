-- Lounges are closed and opened again by admins. Closing one closes its language rooms at the very same moment: a room
-- that was closed by itself bears another time, and stays closed when its lounge opens again. Whether a room can be
-- written to is so said by its own row alone.

alter table lounges
  add column archived_at timestamptz,
  -- Addresses hold it, and where an id may stand too it must not look like one.
  add constraint lounges_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug ~ '[a-z]');
