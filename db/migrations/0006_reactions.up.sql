-- Reactions, pinned messages and threads: what people do with what was said.

create table reactions (
  room_id bigint not null,
  seq bigint not null,
  user_id bigint not null references users on delete cascade,
  emoji text not null check (char_length(emoji) <= 64),
  -- The room's seq at which it came, and at which the first of this emoji under this message came: the order in which
  -- everybody sees them, whoever takes theirs back.
  event_seq bigint not null,
  first_seq bigint not null,
  primary key (room_id, seq, emoji, user_id),
  foreign key (room_id, seq) references messages on delete cascade
);
create index reactions_user on reactions (user_id);

create table pins (
  room_id bigint not null,
  seq bigint not null,
  pinned_by bigint references users on delete set null,
  pinned_at timestamptz not null,
  primary key (room_id, seq),
  foreign key (room_id, seq) references messages on delete cascade
);

-- A thread is a message and what answers it, directly or not.
create index messages_replies on messages (room_id, reply_to_seq) where reply_to_seq is not null;

alter table room_events drop constraint room_events_type_check;
alter table room_events add constraint room_events_type_check
  check (type in ('message_edited', 'message_deleted', 'reaction', 'message_pinned'));

-- A message's reactions as its readers get them: [{emoji, by}], both in order; null for none.
create function reactions_of(room bigint, message bigint) returns jsonb language sql stable as $$
  select jsonb_agg(jsonb_build_object('emoji', g.emoji, 'by', g.people) order by g.first_seq)
  from (
    select r.emoji, min(r.first_seq) as first_seq, jsonb_agg(r.user_id::text order by r.event_seq) as people
    from reactions r where r.room_id = room and r.seq = message group by r.emoji
  ) g
$$;

-- Takes the next seq of a room for an event about a message. The room is locked by then.
create function log_about(room bigint, kind text, target bigint, actor bigint, about jsonb, stamp timestamptz)
returns bigint language plpgsql as $$
declare
  next_seq bigint;
begin
  update rooms r set head_seq = r.head_seq + 1 where r.id = room returning r.head_seq into next_seq;
  insert into room_events (room_id, seq, type, target_seq, actor_id, data, created_at)
  values (room, next_seq, kind, target, actor, about, stamp);
  return next_seq;
end $$;

-- No row when nothing changed: no such message, or it is so already. SQLSTATE PR429: too many different emoji there.
create function react(room bigint, target bigint, actor bigint, face text, wanted boolean, most int)
returns table (seq bigint, at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  stamp timestamptz;
  next_seq bigint;
  first bigint;
begin
  perform lock_room_for(room, actor);
  if not exists (select from messages m where m.room_id = room and m.seq = target and m.deleted_at is null)
    or wanted = exists (select from reactions x
      where x.room_id = room and x.seq = target and x.emoji = face and x.user_id = actor) then
    return;
  end if;
  stamp := clock_timestamp();
  select min(x.first_seq) into first from reactions x where x.room_id = room and x.seq = target and x.emoji = face;
  if wanted and first is null and most <=
    (select count(distinct x.emoji) from reactions x where x.room_id = room and x.seq = target) then
    raise exception 'too many different reactions' using errcode = 'PR429';
  end if;
  next_seq := log_about(room, 'reaction', target, actor, jsonb_build_object('emoji', face, 'on', wanted), stamp);
  if wanted then
    insert into reactions (room_id, seq, user_id, emoji, event_seq, first_seq)
    values (room, target, actor, face, next_seq, coalesce(first, next_seq));
  else
    delete from reactions x where x.room_id = room and x.seq = target and x.emoji = face and x.user_id = actor;
  end if;
  return query select next_seq, stamp;
end $$;

-- As react(); PR429: the room has as many pinned messages as it may.
create function pin_message(room bigint, target bigint, actor bigint, wanted boolean, most int)
returns table (seq bigint, at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  stamp timestamptz;
  next_seq bigint;
begin
  perform lock_room_for(room, actor);
  if not exists (select from messages m where m.room_id = room and m.seq = target and m.deleted_at is null)
    or wanted = exists (select from pins p where p.room_id = room and p.seq = target) then
    return;
  end if;
  if wanted and (select count(*) from pins p where p.room_id = room) >= most then
    raise exception 'too many pinned messages' using errcode = 'PR429';
  end if;
  stamp := clock_timestamp();
  next_seq := log_about(room, 'message_pinned', target, actor, jsonb_build_object('on', wanted), stamp);
  if wanted then
    insert into pins (room_id, seq, pinned_by, pinned_at) values (room, target, actor, stamp);
  else
    delete from pins p where p.room_id = room and p.seq = target;
  end if;
  return query select next_seq, stamp;
end $$;

-- What was under a message goes with its words.
create function drop_what_was_under() returns trigger language plpgsql as $$
begin
  delete from reactions x where x.room_id = new.room_id and x.seq = new.seq;
  delete from pins p where p.room_id = new.room_id and p.seq = new.seq;
  return null;
end $$;
create trigger messages_deleted after update of deleted_at on messages
  for each row when (old.deleted_at is null and new.deleted_at is not null) execute function drop_what_was_under();
