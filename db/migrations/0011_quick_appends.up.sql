-- A batch of messages names each room once and is answered with a row a room: what is the same for all of a room's
-- messages is neither sent, nor looked up, nor answered for each of them.

drop function append_messages, append_with_mentions, append_unless_known, append_to_rooms, append_to_one_room, lock_rooms;

-- In all of these: message n of the batch goes to rooms[at[n]], as that room's places[n]-th (from 1) of the batch. `kinds`,
-- `replies` and `attached` may be empty, when all are plain text, answer nothing and show no files.
-- Answers: a row a room without `ord`, whose new messages stand from `seq` on in the batch's order; or, in batches with
-- retries, a row a message, its number in `ord`.

-- One room, nothing known yet: the usual batch of a busy room, and every batch of one. The update takes the lock.
create function append_to_one_room(
  room bigint, authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[], attached jsonb[]
) returns table (ord int, in_room bigint, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
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
  select room, head + i.ord, i.author, i.client_id, coalesce(i.kind, 'TEXT'), i.body, i.reply, i.attached, stamp
  from unnest(authors, client_ids, kinds, bodies, replies, attached) with ordinality
    as i (author, client_id, kind, body, reply, attached, ord);
  return query select null::int, room, head + 1, stamp, true;
end $$;

-- Locks rooms in the order of their ids, so that two batches over the same rooms wait but never deadlock. `heads` are in
-- the order of `rooms`, which must be that of their ids, each once.
create function lock_rooms(rooms bigint[], at int[], authors bigint[]) returns bigint[] language plpgsql as $$
#variable_conflict use_column
declare
  ids bigint[];
  heads bigint[];
  guarded bigint[];
  closed text;
  missing text;
begin
  select array_agg(r.id), array_agg(r.head_seq), array_agg(r.id) filter (where r.members_only),
    string_agg(r.id::text, ',') filter (where r.over)
  into ids, heads, guarded, closed
  from (select id, head_seq, members_only,
      closed_at is not null or archived_at is not null or ends_at <= clock_timestamp() as over
    from rooms where id = any (lock_rooms.rooms) order by id for update) r;
  if ids is distinct from rooms then
    select string_agg(distinct w::text, ',') into missing
    from unnest(rooms) w where w <> all (coalesce(ids, '{}'));
    raise exception 'no such room' using errcode = 'PR404', detail = coalesce(missing, '');
  end if;
  if closed is not null then
    raise exception 'the room is over' using errcode = 'PR410', detail = closed;
  end if;
  if guarded is not null then
    perform refuse_strangers(array_agg(rooms[p.at]), array_agg(p.author))
    from unnest(at, authors) as p (at, author) where rooms[p.at] = any (guarded);
  end if;
  return heads;
end $$;

-- Several rooms, nothing known yet.
create function append_to_rooms(
  rooms bigint[], sizes int[], at int[], places int[], authors bigint[], client_ids text[], kinds text[], bodies text[],
  replies bigint[], attached jsonb[]
) returns table (ord int, in_room bigint, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  heads bigint[] := lock_rooms(rooms, at, authors);
  stamp timestamptz := clock_timestamp();
begin
  insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, attachments, created_at)
  select rooms[i.at], heads[i.at] + i.place, i.author, i.client_id, coalesce(i.kind, 'TEXT'), i.body, i.reply,
    i.attached, stamp
  from unnest(at, places, authors, client_ids, kinds, bodies, replies, attached)
    as i (at, place, author, client_id, kind, body, reply, attached);
  update rooms r set head_seq = r.head_seq + n.size from unnest(rooms, sizes) as n (room, size) where r.id = n.room;
  return query select null::int, n.room, n.head + 1, stamp, true from unnest(rooms, heads) as n (room, head);
end $$;

-- Some are retries. The rooms are locked first; the statement after that sees all that was ever written to them.
create function append_unless_known(
  rooms bigint[], at int[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[],
  attached jsonb[]
) returns table (ord int, in_room bigint, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
declare
  heads bigint[] := lock_rooms(rooms, at, authors);
  stamp timestamptz := clock_timestamp();
begin
  return query
  with input as materialized (
    select rooms[i.at] as room, i.* from unnest(at, authors, client_ids, kinds, bodies, replies, attached)
      with ordinality as i (at, author, client_id, kind, body, reply, attached, ord)
  ), known as materialized (
    select i.ord, i.room, k.seq, k.created_at from input i cross join lateral (
      select m.seq, m.created_at from messages m
      where m.room_id = i.room and m.author_id = i.author and m.client_id = i.client_id limit 1
    ) k
  ), placed as materialized (
    select i.*, heads[i.at] + row_number() over (partition by i.at order by i.ord) as seq
    from input i where not exists (select from known k where k.ord = i.ord)
  ), written as (
    insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, attachments, created_at)
    select room, seq, author, client_id, coalesce(kind, 'TEXT'), body, reply, attached, stamp from placed
  ), moved as (
    update rooms r set head_seq = n.top
    from (select room, max(seq) as top from placed group by room) n where r.id = n.room
  )
  select p.ord::int, p.room, p.seq, stamp, true from placed p
  union all
  select k.ord::int, k.room, k.seq, k.created_at, false from known k;
end $$;

-- A batch in which somebody is named.
create function append_with_mentions(
  rooms bigint[], at int[], authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[],
  attached jsonb[], mention_ord int[], mentioned bigint[]
) returns table (ord int, in_room bigint, seq bigint, created_at timestamptz, fresh boolean) language plpgsql as $$
#variable_conflict use_column
begin
  return query
  with written as materialized (
    select * from append_unless_known(rooms, at, authors, client_ids, kinds, bodies, replies, attached)
  ), named as (
    insert into mentions (user_id, room_id, seq)
    select n.person, w.in_room, w.seq from written w
    join unnest(mention_ord, mentioned) as n (ord, person) on n.ord = w.ord
    where w.fresh on conflict do nothing
  )
  select w.ord, w.in_room, w.seq, w.created_at, w.fresh from written w;
end $$;

-- Writes a batch and says where it came to stand: consecutive within a room, in input order; a (room, author, client_id)
-- that was written before keeps its seq and is not fresh. The caller has removed duplicates within the batch. Nothing is
-- written when anything is refused: SQLSTATE PR404 rooms that do not exist, PR410 rooms that are over (ids in DETAIL),
-- PR403 authors who are not in their room (room/author in DETAIL).
--
-- Retries are rare, so the batch is first written as if there were none, and the unique index objects if there
-- are: that is a third quicker than looking up every client_id beforehand.
create function append_messages(
  -- Each room once, in the order of the ids, and how many of the batch are its.
  rooms bigint[], sizes int[],
  at int[], places int[],
  authors bigint[], client_ids text[], kinds text[], bodies text[], replies bigint[], attached jsonb[],
  -- Whom message n names is mentioned[k] for each k with mention_ord[k] = n.
  mention_ord int[], mentioned bigint[]
) returns table (ord int, in_room bigint, seq bigint, created_at timestamptz, fresh boolean) language plpgsql
-- The plans do not depend on the arrays; making them anew for each batch would cost more than small batches do.
set plan_cache_mode = force_generic_plan as $$
begin
  if cardinality(mentioned) > 0 then
    return query select * from append_with_mentions(
      rooms, at, authors, client_ids, kinds, bodies, replies, attached, mention_ord, mentioned);
  elsif cardinality(rooms) = 1 then
    return query select * from append_to_one_room(rooms[1], authors, client_ids, kinds, bodies, replies, attached);
  else
    return query select * from append_to_rooms(
      rooms, sizes, at, places, authors, client_ids, kinds, bodies, replies, attached);
  end if;
exception when unique_violation then
  return query select * from append_unless_known(rooms, at, authors, client_ids, kinds, bodies, replies, attached);
end $$;
