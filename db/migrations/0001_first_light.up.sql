-- People, their sessions, lounges and rooms, and each room's log.

create table users (
  id bigint generated always as identity primary key,
  tier text not null check (tier in ('guest', 'member', 'ghost')),
  name text not null,
  age_category text not null check (age_category in ('_18PLUS', '_18PLUS_RED')),
  role text not null default 'USER' check (role in ('USER', 'MODERATOR', 'ADMIN')),
  created_at timestamptz not null default now(),
  -- Guests and ghosts only; a member stays.
  expires_at timestamptz
);

create table sessions (
  id uuid primary key,
  user_id bigint not null references users on delete cascade,
  -- Only hashes are kept: who reads this table can refresh nothing.
  refresh_hash bytea not null,
  -- The immediate predecessor, for two tabs that refresh at the same moment.
  previous_hash bytea,
  rotated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  persistent boolean not null,
  user_agent text not null default '',
  address text not null default '',
  last_seen_at timestamptz not null default now()
);
create index sessions_user on sessions (user_id);

create table lounges (
  id bigint generated always as identity primary key,
  slug text not null unique,
  name text not null,
  description text not null default '',
  age_rating text not null check (age_rating in ('_18PLUS', '_18PLUS_RED')),
  position int not null
);

create table rooms (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('language', 'slug', 'password', 'ghost', 'direct')),
  lounge_id bigint references lounges,
  -- BCP 47.
  language text,
  name text not null,
  topic text not null default '',
  -- The last seq given out. Under this row's lock every event of the room gets the next one, so that commit
  -- order is seq order, and a reader who asks for "after my seq" never skips what commits late.
  head_seq bigint not null default 0,
  created_at timestamptz not null default now(),
  check (kind <> 'language' or (lounge_id is not null and language is not null)),
  unique (lounge_id, language)
) with (fillfactor = 70); -- head_seq changes with every batch: room on the page keeps those updates off the indexes.

-- A room's log is messages and room_events together: over the two, seq is 1, 2, 3 ... without a gap.
-- No foreign keys on this hot table: append_messages is its only writer, holds the room's row locked while it
-- writes, and one unknown author must not sink the batch it travels in.
create table messages (
  room_id bigint not null,
  seq bigint not null,
  author_id bigint,
  client_id text,
  kind text not null check (kind in ('TEXT', 'STICKER', 'IMAGE', 'FILE', 'SYSTEM')),
  body text not null,
  reply_to_seq bigint,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (room_id, seq),
  -- A retry of a send is the same message.
  unique (room_id, author_id, client_id)
);

create table room_events (
  room_id bigint not null references rooms on delete cascade,
  seq bigint not null,
  type text not null check (type in ('message_edited', 'message_deleted')),
  target_seq bigint not null,
  actor_id bigint,
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (room_id, seq)
);

-- What a message said before each edit, for moderators.
create table message_revisions (
  room_id bigint not null,
  seq bigint not null,
  body text not null,
  replaced_at timestamptz not null,
  replaced_by bigint,
  primary key (room_id, seq, replaced_at),
  foreign key (room_id, seq) references messages on delete cascade
);

create table read_pointers (
  user_id bigint not null references users on delete cascade,
  room_id bigint not null references rooms on delete cascade,
  seq bigint not null,
  updated_at timestamptz not null default now(),
  primary key (user_id, room_id)
);
create index read_pointers_updated on read_pointers (updated_at);

-- append_messages and its three ways -------------------------------------------------------------------------------

-- One room, nothing known yet: the usual batch of a busy room, and every batch of one. The update takes the lock.
create function append_to_one_room(
  room bigint, authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  size int := cardinality(bodies);
  head bigint;
  stamp timestamptz;
begin
  update rooms r set head_seq = r.head_seq + size where r.id = room returning r.head_seq - size into head;
  if not found then
    raise exception 'no such room' using errcode = 'PR404', detail = room::text;
  end if;
  -- Read under the lock: within a room, later seqs have later times.
  stamp := clock_timestamp();
  insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, created_at)
  select room, head + i.ord, i.author, i.client_id, i.kind, i.body, i.reply, stamp
  from unnest(authors, client_ids, kinds, bodies, replies) with ordinality
    as i (author, client_id, kind, body, reply, ord);
  return query select n, head + n, stamp, true from generate_series(1, size) n;
end $$;

-- Locks rooms in the order of their ids, so that two batches over the same rooms wait but never deadlock.
create function lock_rooms(wanted bigint[], out ids bigint[], out heads bigint[]) language plpgsql as $$
declare
  missing text;
begin
  select array_agg(r.id), array_agg(r.head_seq) into ids, heads
  from (select id, head_seq from rooms where id = any (wanted) order by id for update) r;
  if wanted <@ ids then
    return;
  end if;
  select string_agg(distinct w::text, ',') into missing
  from unnest(wanted) w where w <> all (coalesce(ids, '{}'));
  raise exception 'no such room' using errcode = 'PR404', detail = missing;
end $$;

-- Several rooms, nothing known yet.
create function append_to_rooms(
  rooms bigint[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  locked record := lock_rooms(rooms);
  stamp timestamptz := clock_timestamp();
begin
  return query
  with placed as materialized (
    select i.ord::int, i.room, h.head + row_number() over (partition by i.room order by i.ord) as seq,
      i.author, i.client_id, i.kind, i.body, i.reply
    from unnest(rooms, authors, client_ids, kinds, bodies, replies) with ordinality
      as i (room, author, client_id, kind, body, reply, ord)
    join unnest(locked.ids, locked.heads) as h (id, head) on h.id = i.room
  ), written as (
    insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, created_at)
    select room, seq, author, client_id, kind, body, reply, stamp from placed
  )
  select p.ord, p.seq, stamp, true from placed p;
  update rooms r set head_seq = r.head_seq + n.size
  from (select room, count(*) as size from unnest(rooms) room group by room) n where r.id = n.room;
end $$;

-- Some are retries. The rooms are locked first; the statement after that sees all that was ever written to them.
create function append_unless_known(
  rooms bigint[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  locked record := lock_rooms(rooms);
  stamp timestamptz := clock_timestamp();
begin
  return query
  with input as materialized (
    select i.* from unnest(rooms, authors, client_ids, kinds, bodies, replies) with ordinality
      as i (room, author, client_id, kind, body, reply, ord)
  ), known as materialized (
    select i.ord, k.seq, k.created_at from input i cross join lateral (
      select m.seq, m.created_at from messages m
      where m.room_id = i.room and m.author_id = i.author and m.client_id = i.client_id limit 1
    ) k
  ), placed as materialized (
    select i.*, h.head + row_number() over (partition by i.room order by i.ord) as seq
    from input i join unnest(locked.ids, locked.heads) as h (id, head) on h.id = i.room
    where not exists (select from known k where k.ord = i.ord)
  ), written as (
    insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, created_at)
    select room, seq, author, client_id, kind, body, reply, stamp from placed
  ), moved as (
    update rooms r set head_seq = n.top
    from (select room, max(seq) as top from placed group by room) n where r.id = n.room
  )
  select p.ord::int, p.seq, stamp, true from placed p
  union all
  select k.ord::int, k.seq, k.created_at, false from known k;
end $$;

-- Writes a batch: row n of the arrays is one message. Answers each with its place in its room (consecutive, in
-- input order), and whether it is new: a (room, author, client_id) that was written before keeps its seq.
-- The caller has removed duplicates within the batch. SQLSTATE PR404: rooms that do not exist, ids in DETAIL.
--
-- Retries are rare, so the batch is first written as if there were none, and the unique index objects if there
-- are: that is a third quicker than looking up every client_id beforehand.
create function append_messages(
  rooms bigint[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql
-- The plans do not depend on the arrays; making them anew for each batch would cost more than small batches do.
set plan_cache_mode = force_generic_plan as $$
begin
  if rooms[1] = all (rooms) then
    return query select * from append_to_one_room(rooms[1], authors, client_ids, kinds, bodies, replies);
  else
    return query select * from append_to_rooms(rooms, authors, client_ids, kinds, bodies, replies);
  end if;
exception when unique_violation then
  return query select * from append_unless_known(rooms, authors, client_ids, kinds, bodies, replies);
end $$;

-- Changes to a message -------------------------------------------------------------------------------------------

-- No row when the message does not exist or is deleted.
create function edit_message(room bigint, target bigint, actor bigint, new_body text)
returns table (seq bigint, at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  old_body text;
  next_seq bigint;
  stamp timestamptz;
begin
  perform from rooms r where r.id = room for update;
  select m.body into old_body from messages m where m.room_id = room and m.seq = target and m.deleted_at is null;
  if not found then
    return;
  end if;
  stamp := clock_timestamp();
  update rooms r set head_seq = r.head_seq + 1 where r.id = room returning r.head_seq into next_seq;
  insert into message_revisions (room_id, seq, body, replaced_at, replaced_by)
  values (room, target, old_body, stamp, actor);
  update messages m set body = new_body, edited_at = stamp where m.room_id = room and m.seq = target;
  insert into room_events (room_id, seq, type, target_seq, actor_id, data, created_at)
  values (room, next_seq, 'message_edited', target, actor, jsonb_build_object('body', new_body), stamp);
  return query select next_seq, stamp;
end $$;

-- The words stay in the table for moderators; every query for readers leaves them out.
-- No row when the message does not exist or is deleted already.
create function delete_message(room bigint, target bigint, actor bigint)
returns table (seq bigint, at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  next_seq bigint;
  stamp timestamptz;
begin
  perform from rooms r where r.id = room for update;
  stamp := clock_timestamp();
  update messages m set deleted_at = stamp where m.room_id = room and m.seq = target and m.deleted_at is null;
  if not found then
    return;
  end if;
  update rooms r set head_seq = r.head_seq + 1 where r.id = room returning r.head_seq into next_seq;
  insert into room_events (room_id, seq, type, target_seq, actor_id, created_at)
  values (room, next_seq, 'message_deleted', target, actor, stamp);
  return query select next_seq, stamp;
end $$;
