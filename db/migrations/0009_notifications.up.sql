-- Who is told of what, and where: levels, quiet hours, the browsers that are reached by Web Push.

create table notification_settings (
  user_id bigint primary key references users on delete cascade,
  direct_level text not null default 'all' check (direct_level in ('all', 'mentions', 'nothing')),
  -- Of rooms one is a member of. Nobody hears every word of a lounge unless they said so there.
  rooms_level text not null default 'mentions' check (rooms_level in ('all', 'mentions', 'nothing')),
  -- Notifications say that something was said, and not what.
  hide_words boolean not null default false,
  -- Minutes since midnight in the time zone; past midnight when from > to.
  quiet_from smallint check (quiet_from between 0 and 1439),
  quiet_to smallint check (quiet_to between 0 and 1439),
  -- IANA name.
  time_zone text,
  muted_until timestamptz,
  check ((quiet_from is null) = (quiet_to is null) and quiet_from <> quiet_to and (quiet_from is null or time_zone is not null))
);

-- Rooms for which somebody said something else than is usual with them.
create table room_levels (
  user_id bigint not null references users on delete cascade,
  room_id bigint not null references rooms on delete cascade,
  level text not null check (level in ('all', 'mentions', 'nothing')),
  primary key (user_id, room_id)
);
create index room_levels_room on room_levels (room_id);

create table push_subscriptions (
  id uuid primary key,
  user_id bigint not null references users on delete cascade,
  -- Who signs out is not told any more.
  session_id uuid not null references sessions on delete cascade,
  -- A keyed hash: a browser has one subscription, whoever sits before it.
  endpoint_hash bytea not null unique,
  -- {endpoint, keys}: who knows an endpoint can send to it, and who knows the keys can make it readable.
  subscription_sealed bytea not null,
  created_at timestamptz not null,
  last_ok_at timestamptz,
  -- Since it was last reached.
  failures int not null default 0
);
create index push_subscriptions_user on push_subscriptions (user_id);
create index push_subscriptions_session on push_subscriptions (session_id);

-- Derived, and kept so by the triggers below: who wants to be told of every word in a room and can be. So a message in a
-- room where nobody does costs one look into this index, however many are in the room.
create table room_listeners (
  room_id bigint not null references rooms on delete cascade,
  user_id bigint not null references users on delete cascade,
  primary key (room_id, user_id)
);
create index room_listeners_user on room_listeners (user_id);

-- What somebody is still to be told of a room: one row a room. No foreign key: its lock would meet the senders' own.
create table notices (
  room_id bigint primary key,
  -- Everything up to here has been told to whom it had to be, or was found to concern nobody.
  told_seq bigint not null default 0,
  -- What is to be told begins here, and is told then; null when there is nothing.
  from_seq bigint not null,
  due_at timestamptz
);

create function level_of(person bigint, room bigint, kind text) returns text language sql stable as $$
  select coalesce(
    (select l.level from room_levels l where l.user_id = person and l.room_id = room),
    (select case kind when 'direct' then s.direct_level else s.rooms_level end
      from notification_settings s where s.user_id = person),
    case kind when 'direct' then 'all' else 'mentions' end)
$$;

-- The rooms in which somebody wants to be told of every word; none without a device to be told on.
create function rooms_listened(person bigint) returns setof bigint language sql stable as $$
  select m.room_id from memberships m join rooms r on r.id = m.room_id
  where m.user_id = person and m.left_at is null and r.kind <> 'ghost' and level_of(person, r.id, r.kind) = 'all'
    and exists (select from push_subscriptions p where p.user_id = person)
  union
  select l.room_id from room_levels l join rooms r on r.id = l.room_id
  where l.user_id = person and l.level = 'all' and r.kind = 'language'
    and exists (select from push_subscriptions p where p.user_id = person)
$$;

create function listen_anew(person bigint) returns void language plpgsql as $$
begin
  delete from room_listeners l where l.user_id = person;
  insert into room_listeners (room_id, user_id)
  -- Somebody who is being deleted is not there any more.
  select r, person from rooms_listened(person) r where exists (select from users u where u.id = person)
  on conflict do nothing;
end $$;

create function listening_changed() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform listen_anew(old.user_id);
  end if;
  if tg_op <> 'DELETE' then
    perform listen_anew(new.user_id);
  end if;
  return null;
end $$;
create trigger settings_listening after insert or delete or update of direct_level, rooms_level on notification_settings
  for each row execute function listening_changed();
create trigger levels_listening after insert or update or delete on room_levels
  for each row execute function listening_changed();
create trigger devices_listening after insert or delete or update of user_id on push_subscriptions
  for each row execute function listening_changed();

-- Most who come and go have no device, and cost one look.
create function membership_listening() returns trigger language plpgsql as $$
begin
  if exists (select from push_subscriptions p where p.user_id = new.user_id) then
    perform listen_anew(new.user_id);
  end if;
  return null;
end $$;
create trigger joined_listening after insert on memberships
  for each row execute function membership_listening();
create trigger moved_listening after update of left_at on memberships
  for each row when (old.left_at is distinct from new.left_at) execute function membership_listening();

create function drop_devices() returns trigger language plpgsql as $$
begin
  delete from push_subscriptions p where p.session_id = new.id;
  return null;
end $$;
create trigger sessions_ended after update of revoked_at on sessions
  for each row when (old.revoked_at is null and new.revoked_at is not null) execute function drop_devices();
