-- Rooms of the later kinds, and all that was said in them, go; lounges stay.

drop function append_messages, append_with_mentions, append_unless_known, append_to_rooms, lock_rooms,
  append_to_one_room, lock_room_for, refuse_strangers, take_place, leave_room, may_read;
drop table removals, mentions, files, room_invites, memberships, room_bans;
drop function refuse_the_banned, is_banned;
delete from messages m using rooms r where r.id = m.room_id and r.kind <> 'language';
delete from users where tier = 'ghost';
alter table users drop column home_room;
delete from rooms where kind <> 'language';
alter table messages drop column attachments;
alter table rooms
  drop column slug, drop column visibility, drop column password_hash, drop column token_hash,
  drop column owner_key_hash, drop column capacity, drop column encrypted, drop column key_check, drop column ends_at,
  drop column closed_at, drop column close_reason, drop column archived_at, drop column creator_id,
  drop column direct_key, drop column members_only;

-- As they were.
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
create or replace function edit_message(room bigint, target bigint, actor bigint, new_body text)
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
create or replace function delete_message(room bigint, target bigint, actor bigint)
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
