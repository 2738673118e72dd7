-- Rooms of every kind: who is in them, who may not be, how one gets in, when they end. Membership is held here too:
-- whoever is not in a room writes nothing to it, whatever the program above believes.

alter table rooms
  -- Slug rooms: their name in addresses, always with a letter, so that no slug looks like an id.
  add column slug text check (slug ~ '[a-z]'),
  add column visibility text check (visibility in ('public', 'invite')),
  -- Password rooms: bcrypt.
  add column password_hash text,
  -- Ghost rooms: keyed hashes of the link's token and of the key that closes the room before its time.
  add column token_hash bytea,
  add column owner_key_hash bytea,
  add column capacity int check (capacity between 2 and 200),
  -- Its words are sealed by its people; key_check tells them whether they hold the right key, and nothing else.
  add column encrypted boolean not null default false,
  add column key_check text,
  add column ends_at timestamptz,
  add column closed_at timestamptz,
  add column close_reason text,
  -- It can be read and no more be written to.
  add column archived_at timestamptz,
  add column creator_id bigint references users on delete set null,
  -- Direct rooms: the ids of those in it, sorted, so that the same people always meet in the same room.
  add column direct_key text,
  add column members_only boolean not null generated always as (kind <> 'language') stored,
  add constraint rooms_slug_kind check ((kind = 'slug') = (slug is not null) and (kind = 'slug') = (visibility is not null)),
  add constraint rooms_password_kind check ((kind = 'password') = (password_hash is not null)),
  add constraint rooms_ghost_kind check ((kind = 'ghost') = (token_hash is not null)
    and (kind = 'ghost') = (capacity is not null) and (kind = 'ghost') = (ends_at is not null)),
  add constraint rooms_direct_kind check ((kind = 'direct') = (direct_key is not null));
create unique index rooms_slug on rooms (lower(slug));
create unique index rooms_password_name on rooms (lower(name)) where kind = 'password' and archived_at is null;
create unique index rooms_token on rooms (token_hash);
create unique index rooms_direct on rooms (direct_key);
create index rooms_ends on rooms (ends_at) where ends_at is not null;
create index rooms_directory on rooms using gin (to_tsvector('simple', name || ' ' || topic || ' ' || slug))
  where visibility = 'public' and archived_at is null;

-- A ghost's only room; they go with it.
alter table users
  add column home_room bigint references rooms on delete cascade,
  add constraint users_home check ((tier = 'ghost') = (home_room is not null));
create index users_home_room on users (home_room) where home_room is not null;

create table memberships (
  room_id bigint not null references rooms on delete cascade,
  user_id bigint not null references users on delete cascade,
  role text not null default 'member' check (role in ('owner', 'moderator', 'member')),
  joined_at timestamptz not null default now(),
  -- Who was once in a room keeps the row: a former member is something else than a stranger.
  left_at timestamptz,
  -- It was not their own wish.
  kicked boolean not null default false,
  -- Ghosts hold a place, and their nickname, while they were seen in the last 30 s.
  last_seen_at timestamptz,
  primary key (room_id, user_id)
);
create index memberships_user on memberships (user_id) where left_at is null;
create unique index memberships_one_owner on memberships (room_id) where role = 'owner' and left_at is null;

create table room_bans (
  room_id bigint not null references rooms on delete cascade,
  user_id bigint not null references users on delete cascade,
  banned_by bigint references users on delete set null,
  reason text not null default '' check (char_length(reason) <= 500),
  created_at timestamptz not null default now(),
  -- Null: for good.
  ends_at timestamptz,
  lifted_at timestamptz,
  primary key (room_id, user_id)
);
create index room_bans_user on room_bans (user_id);

create function is_banned(room bigint, person bigint) returns boolean language sql stable as $$
  select exists (
    select from room_bans b where b.room_id = room and b.user_id = person
      and b.lifted_at is null and (b.ends_at is null or b.ends_at > now())
  )
$$;

-- No way in for the banned, whichever door somebody forgets to watch. Whoever bans holds the room's row locked; waiting
-- for it here, before looking, is what keeps somebody from coming in while they are being banned.
create function refuse_the_banned() returns trigger language plpgsql as $$
begin
  perform from rooms r where r.id = new.room_id for key share;
  if new.left_at is null and is_banned(new.room_id, new.user_id) then
    raise exception 'banned from this room' using errcode = 'PR403', detail = new.room_id || '/' || new.user_id;
  end if;
  return new;
end $$;
create trigger memberships_banned before insert or update of left_at on memberships
  for each row execute function refuse_the_banned();

create table room_invites (
  id uuid primary key,
  room_id bigint not null references rooms on delete cascade,
  -- A keyed hash: who reads this table can invite nobody.
  token_hash bytea not null unique,
  created_by bigint references users on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  max_uses int check (max_uses > 0),
  uses int not null default 0,
  revoked_at timestamptz,
  check (max_uses is null or uses <= max_uses)
);
create index room_invites_room on room_invites (room_id);

-- Files that were sent into rooms. The bytes are in the store, under rooms/<room_id>/<id>.
create table files (
  id uuid primary key,
  room_id bigint not null references rooms on delete cascade,
  uploader_id bigint references users on delete set null,
  name text not null,
  -- Found from the content; sealed files are bytes to us.
  type text not null,
  size bigint not null check (size >= 0),
  created_at timestamptz not null default now()
);
create index files_room on files (room_id);
create index files_uploader on files (uploader_id);

create table mentions (
  user_id bigint not null references users on delete cascade,
  room_id bigint not null references rooms on delete cascade,
  seq bigint not null,
  primary key (user_id, room_id, seq)
);
create index mentions_message on mentions (room_id, seq);

-- What the clean-up took away: how much of what, never what it was.
create table removals (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  what text not null,
  room_id bigint,
  counts jsonb not null
);
create index removals_at on removals (at);

-- Who may read what is a fact of the database too: history goes through this.
create function may_read(room bigint, reader bigint) returns boolean language sql stable as $$
  select exists (
    select from rooms r where r.id = room and r.closed_at is null and (r.ends_at is null or r.ends_at > now())
      and (not r.members_only or exists (
        select from memberships m where m.room_id = r.id and m.user_id = reader and m.left_at is null))
  )
$$;

-- Somebody leaves. When it was the owner, the longest-serving moderator, else member, follows; a slug or password
-- room that nobody is left in is archived. Says whether they were in it.
create function leave_room(room bigint, person bigint) returns boolean language plpgsql as $$
declare
  was text;
begin
  perform from rooms r where r.id = room for update;
  update memberships m set left_at = now(), kicked = false, last_seen_at = null where m.room_id = room and m.user_id = person and m.left_at is null
    returning m.role into was;
  if not found then
    return false;
  end if;
  update memberships m set role = 'member' where m.room_id = room and m.user_id = person;
  if was = 'owner' then
    update memberships m set role = 'owner' where m.room_id = room and m.user_id = (
      select n.user_id from memberships n where n.room_id = room and n.left_at is null
      order by n.role = 'moderator' desc, n.joined_at, n.user_id limit 1);
  end if;
  update rooms r set archived_at = now() where r.id = room and r.kind in ('slug', 'password') and r.archived_at is null
    and not exists (select from memberships m where m.room_id = room and m.left_at is null);
  return true;
end $$;

-- A ghost takes a place, or keeps the one they have: answers 'ok', 'full' or 'taken' (the nickname). The row lock
-- makes everybody who comes to this room at the same moment, on whatever machine, wait for each other.
create function take_place(room bigint, ghost bigint, alive_since timestamptz) returns text language plpgsql as $$
declare
  places int;
  mine timestamptz;
  nick text;
begin
  select r.capacity into places from rooms r where r.id = room for update;
  select m.last_seen_at into mine from memberships m where m.room_id = room and m.user_id = ghost and m.left_at is null;
  if mine is null or mine <= alive_since then
    select lower(u.name) into nick from users u where u.id = ghost;
    if exists (select from memberships m join users u on u.id = m.user_id
      where m.room_id = room and m.user_id <> ghost and m.last_seen_at > alive_since and lower(u.name) = nick) then
      return 'taken';
    end if;
    if (select count(*) from memberships m where m.room_id = room and m.user_id <> ghost and m.last_seen_at > alive_since)
      >= places then
      return 'full';
    end if;
  end if;
  insert into memberships as m (room_id, user_id, last_seen_at) values (room, ghost, clock_timestamp())
  on conflict (room_id, user_id) do update set left_at = null, last_seen_at = clock_timestamp();
  return 'ok';
end $$;

-- Messages: what they carry, and only from those who are in the room ------------------------------------------------

alter table messages
  -- The files it shows: [{id, name, type, size}].
  add column attachments jsonb;

drop function append_messages(bigint[], bigint[], text[], text[], text[], bigint[]);
drop function append_to_one_room(bigint, bigint[], text[], text[], text[], bigint[]);
drop function append_to_rooms(bigint[], bigint[], text[], text[], text[], bigint[]);
drop function append_unless_known(bigint[], bigint[], text[], text[], text[], bigint[]);
drop function lock_rooms(bigint[]);

-- Raises unless every author is in their members-only room. The house itself (null) may speak anywhere.
create function refuse_strangers(rooms bigint[], authors bigint[]) returns void language plpgsql as $$
declare
  strangers text;
begin
  select string_agg(distinct p.room || '/' || p.author, ',') into strangers
  from unnest(rooms, authors) as p (room, author)
  where p.author is not null and not exists (
    select from memberships m where m.room_id = p.room and m.user_id = p.author and m.left_at is null);
  if strangers is not null then
    raise exception 'not in the room' using errcode = 'PR403', detail = strangers;
  end if;
end $$;

-- One room, nothing known yet: the usual batch of a busy room, and every batch of one. The update takes the lock.
create function append_to_one_room(
  room bigint, authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[], attached jsonb[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  size int := cardinality(bodies);
  head bigint;
  stamp timestamptz;
  closed boolean;
  guarded boolean;
begin
  update rooms r set head_seq = r.head_seq + size where r.id = room
  returning r.head_seq - size, r.members_only,
    r.closed_at is not null or r.archived_at is not null or r.ends_at <= clock_timestamp() into head, guarded, closed;
  if not found then
    raise exception 'no such room' using errcode = 'PR404', detail = room::text;
  end if;
  if closed then
    raise exception 'the room is over' using errcode = 'PR410', detail = room::text;
  end if;
  if guarded then
    perform refuse_strangers(array_fill(room, array[size]), authors);
  end if;
  -- Read under the lock: within a room, later seqs have later times.
  stamp := clock_timestamp();
  insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, attachments, created_at)
  select room, head + i.ord, i.author, i.client_id, i.kind, i.body, i.reply, i.attached, stamp
  from unnest(authors, client_ids, kinds, bodies, replies, attached) with ordinality
    as i (author, client_id, kind, body, reply, attached, ord);
  return query select n, head + n, stamp, true from generate_series(1, size) n;
end $$;

-- Locks rooms in the order of their ids, so that two batches over the same rooms wait but never deadlock.
create function lock_rooms(wanted bigint[], authors bigint[], out ids bigint[], out heads bigint[]) language plpgsql as $$
declare
  missing text;
  closed text;
  guarded bigint[];
begin
  select array_agg(r.id), array_agg(r.head_seq), array_agg(r.id) filter (where r.members_only),
    string_agg(r.id::text, ',') filter (where r.over)
  into ids, heads, guarded, closed
  from (select id, head_seq, members_only,
      closed_at is not null or archived_at is not null or ends_at <= clock_timestamp() as over
    from rooms where id = any (wanted) order by id for update) r;
  if not wanted <@ coalesce(ids, '{}') then
    select string_agg(distinct w::text, ',') into missing
    from unnest(wanted) w where w <> all (coalesce(ids, '{}'));
    raise exception 'no such room' using errcode = 'PR404', detail = missing;
  end if;
  if closed is not null then
    raise exception 'the room is over' using errcode = 'PR410', detail = closed;
  end if;
  if guarded is not null then
    perform refuse_strangers(array_agg(p.room), array_agg(p.author))
    from unnest(wanted, authors) as p (room, author) where p.room = any (guarded);
  end if;
end $$;

-- Several rooms, nothing known yet.
create function append_to_rooms(
  rooms bigint[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[], attached jsonb[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  locked record := lock_rooms(rooms, authors);
  stamp timestamptz := clock_timestamp();
begin
  return query
  with placed as materialized (
    select i.ord::int, i.room, h.head + row_number() over (partition by i.room order by i.ord) as seq,
      i.author, i.client_id, i.kind, i.body, i.reply, i.attached
    from unnest(rooms, authors, client_ids, kinds, bodies, replies, attached) with ordinality
      as i (room, author, client_id, kind, body, reply, attached, ord)
    join unnest(locked.ids, locked.heads) as h (id, head) on h.id = i.room
  ), written as (
    insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, attachments, created_at)
    select room, seq, author, client_id, kind, body, reply, attached, stamp from placed
  )
  select p.ord, p.seq, stamp, true from placed p;
  update rooms r set head_seq = r.head_seq + n.size
  from (select room, count(*) as size from unnest(rooms) room group by room) n where r.id = n.room;
end $$;

-- Some are retries. The rooms are locked first; the statement after that sees all that was ever written to them.
create function append_unless_known(
  rooms bigint[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[], attached jsonb[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  locked record := lock_rooms(rooms, authors);
  stamp timestamptz := clock_timestamp();
begin
  return query
  with input as materialized (
    select i.* from unnest(rooms, authors, client_ids, kinds, bodies, replies, attached) with ordinality
      as i (room, author, client_id, kind, body, reply, attached, ord)
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
    insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, attachments, created_at)
    select room, seq, author, client_id, kind, body, reply, attached, stamp from placed
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
-- The caller has removed duplicates within the batch. Nothing is written when anything is refused:
-- SQLSTATE PR404 rooms that do not exist, PR410 rooms that are over (ids in DETAIL), PR403 authors who are not in
-- their room (room/author in DETAIL).
--
-- Retries are rare, so the batch is first written as if there were none, and the unique index objects if there
-- are: that is a third quicker than looking up every client_id beforehand.
create function append_messages(
  rooms bigint[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[], attached jsonb[],
  -- Whom message n names is mentioned[k] for each k with mention_ord[k] = n.
  mention_ord int[], mentioned bigint[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql
-- The plans do not depend on the arrays; making them anew for each batch would cost more than small batches do.
set plan_cache_mode = force_generic_plan as $$
begin
  if cardinality(mentioned) > 0 then
    return query select * from append_with_mentions(
      rooms, authors, client_ids, kinds, bodies, replies, attached, mention_ord, mentioned);
  elsif rooms[1] = all (rooms) then
    return query select * from append_to_one_room(rooms[1], authors, client_ids, kinds, bodies, replies, attached);
  else
    return query select * from append_to_rooms(rooms, authors, client_ids, kinds, bodies, replies, attached);
  end if;
exception when unique_violation then
  return query select * from append_unless_known(rooms, authors, client_ids, kinds, bodies, replies, attached);
end $$;

-- A batch in which somebody is named.
create function append_with_mentions(
  rooms bigint[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[], attached jsonb[],
  mention_ord int[], mentioned bigint[]
) returns table (ord int, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
begin
  return query
  with written as materialized (
    select * from append_unless_known(rooms, authors, client_ids, kinds, bodies, replies, attached)
  ), named as (
    insert into mentions (user_id, room_id, seq)
    select n.person, rooms[w.ord], w.seq from written w
    join unnest(mention_ord, mentioned) as n (ord, person) on n.ord = w.ord
    where w.fresh on conflict do nothing
  )
  select w.ord, w.seq, w.created_at, w.fresh from written w;
end $$;

-- Refuses those who are not in the room, and rooms that are over, before a message of theirs is changed. The house itself
-- (null) takes words away anywhere: an account that is erased leaves none behind. Locks the room.
create function lock_room_for(room bigint, actor bigint) returns void language plpgsql as $$
declare
  guarded boolean;
  closed boolean;
begin
  select r.members_only, r.closed_at is not null or r.archived_at is not null or r.ends_at <= clock_timestamp()
  into guarded, closed from rooms r where r.id = room for update;
  if closed and actor is not null then
    raise exception 'the room is over' using errcode = 'PR410', detail = room::text;
  end if;
  if guarded and not exists (select from users u where u.id = actor and u.role <> 'USER') then
    perform refuse_strangers(array[room], array[actor]);
  end if;
end $$;

-- No row when the message does not exist or is deleted.
create or replace function edit_message(room bigint, target bigint, actor bigint, new_body text)
returns table (seq bigint, at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  old_body text;
  next_seq bigint;
  stamp timestamptz;
begin
  perform lock_room_for(room, actor);
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
create or replace function delete_message(room bigint, target bigint, actor bigint)
returns table (seq bigint, at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  next_seq bigint;
  stamp timestamptz;
begin
  perform lock_room_for(room, actor);
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
