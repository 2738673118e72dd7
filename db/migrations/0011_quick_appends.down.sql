drop function append_messages, append_with_mentions, append_unless_known, append_to_rooms, append_to_one_room, lock_rooms;

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
