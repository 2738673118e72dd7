-- What stands behind links, by address: fetched once for everybody, and asked again once it has expired.
create table link_previews (
  -- SHA-256 of the address: addresses are too long for an index.
  url_hash bytea primary key,
  url text not null,
  state text not null default 'waiting' check (state in ('waiting', 'found', 'nothing')),
  title text,
  description text,
  site_name text,
  type text,
  -- Names the file of our copy of the picture.
  image text,
  image_width int,
  image_height int,
  -- Counts who fetches: only the latest may say what was found, and until then nobody else begins.
  claim int not null default 1,
  claimed_until timestamptz not null,
  fetched_at timestamptz,
  -- What was found, and that nothing was, stands until then.
  expires_at timestamptz not null,
  check ((state = 'found') = (title is not null and type is not null)),
  check (state = 'found' or image is null),
  check ((image is null) = (image_width is null) and (image is null) = (image_height is null))
);
create index link_previews_expires on link_previews (expires_at);

-- Links of messages, and what is shown of them. It is copied here when it is found, and stays as it was: a message does
-- not change because somebody else's page does.
create table message_links (
  room_id bigint not null,
  seq bigint not null,
  url_hash bytea not null,
  -- Among the message's links, from 1.
  place int not null,
  noted_at timestamptz not null,
  -- {url, title, description?, siteName?, type, image?: {key, width, height}}; null while nothing is known.
  preview jsonb,
  image text generated always as (preview -> 'image' ->> 'key') stored,
  -- Somebody who may say so wants none.
  hidden boolean not null default false,
  primary key (room_id, seq, url_hash),
  foreign key (room_id, seq) references messages on delete cascade,
  check (not hidden or preview is null)
);
create index message_links_url on message_links (url_hash);
create index message_links_image on message_links (image) where image is not null;

-- Pictures that no address has any more. Messages may still show them; once none does, they go.
create table let_go_pictures (key text primary key);

alter table room_events drop constraint room_events_type_check;
alter table room_events add constraint room_events_type_check
  check (type in ('message_edited', 'message_deleted', 'reaction', 'message_pinned', 'message_previews'));

-- What a message's readers get: a list in the order of its links; null for none.
create function previews_of(room bigint, message bigint) returns jsonb language sql stable as $$
  select jsonb_agg(l.preview order by l.place) from message_links l
  where l.room_id = room and l.seq = message and l.preview is not null
$$;

-- Locks a room in which previews may be shown. Says no to rooms that are over, and to those whose words only their
-- people can read.
create function lock_room_for_previews(room bigint) returns boolean language plpgsql as $$
begin
  perform from rooms r where r.id = room and not r.encrypted and r.closed_at is null and r.archived_at is null
    and (r.ends_at is null or r.ends_at > clock_timestamp()) for update;
  return found;
end $$;

-- Copies what has been found since `since` to a message whose room is locked.
create function copy_previews(room bigint, target bigint, today timestamptz, since timestamptz) returns void
language plpgsql as $$
begin
  -- Until this is committed nobody lets go of the pictures that are named here.
  perform from link_previews p where p.url_hash in (
    select l.url_hash from message_links l where l.room_id = room and l.seq = target) for share;
  update message_links l set preview = jsonb_strip_nulls(jsonb_build_object(
    'url', p.url, 'title', p.title, 'description', p.description, 'siteName', p.site_name, 'type', p.type,
    'image', case when p.image is not null then
      jsonb_build_object('key', p.image, 'width', p.image_width, 'height', p.image_height) end))
  from link_previews p
  where l.room_id = room and l.seq = target and l.preview is null and not l.hidden and l.noted_at > since
    and p.url_hash = l.url_hash and p.state = 'found' and p.expires_at > today;
end $$;

-- Writes down that a message shows something else than before. No row when it does not. The room is locked.
create function log_previews(room bigint, target bigint, actor bigint, before jsonb)
returns table (seq bigint, at timestamptz, previews jsonb) language plpgsql as $$
declare
  shown jsonb := previews_of(room, target);
  stamp timestamptz := clock_timestamp();
begin
  if shown is not distinct from before then
    return;
  end if;
  shown := coalesce(shown, '[]');
  return query
  select log_about(room, 'message_previews', target, actor, jsonb_build_object('previews', shown), stamp), stamp, shown;
end $$;

-- Says which links a message has, and copies what is known of them. No row when that is no longer what it says, or there
-- is nothing to be noted; otherwise its author, and the event, if there is one.
create function note_links(
  room bigint, target bigint, said text, hashes bytea[], today timestamptz, since timestamptz
) returns table (author bigint, seq bigint, at timestamptz, previews jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  writer bigint;
  before jsonb;
  unwanted boolean;
begin
  -- Most edits have to do with no link at all, and need no lock.
  if cardinality(hashes) = 0
    and not exists (select from message_links l where l.room_id = room and l.seq = target) then
    return;
  end if;
  if not lock_room_for_previews(room) then
    return;
  end if;
  select m.author_id into writer from messages m
  where m.room_id = room and m.seq = target and m.body = said and m.deleted_at is null;
  if not found then
    return;
  end if;
  before := previews_of(room, target);
  select coalesce(bool_or(l.hidden), false) into unwanted from message_links l
  where l.room_id = room and l.seq = target;
  delete from message_links l where l.room_id = room and l.seq = target and l.url_hash <> all (hashes);
  insert into message_links (room_id, seq, url_hash, place, noted_at, hidden)
  select room, target, h.hash, h.place, today, unwanted from unnest(hashes) with ordinality as h (hash, place)
  on conflict (room_id, seq, url_hash) do update set place = excluded.place, noted_at = excluded.noted_at;
  perform copy_previews(room, target, today, since);
  return query
  select writer, l.seq, l.at, l.previews from (values (1)) as always
  left join lateral log_previews(room, target, null, before) l on true;
end $$;

-- Something was found: shows it under up to `most` messages of a room that wait for it.
create function show_preview(room bigint, hash bytea, today timestamptz, since timestamptz, most int)
returns table (target bigint, seq bigint, at timestamptz, previews jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  waiting bigint;
  before jsonb;
begin
  if not lock_room_for_previews(room) then
    return;
  end if;
  for waiting in
    select l.seq from message_links l where l.room_id = room and l.url_hash = hash and l.preview is null
      and not l.hidden and l.noted_at > since order by l.seq limit most
  loop
    before := previews_of(room, waiting);
    perform copy_previews(room, waiting, today, since);
    return query select waiting, l.seq, l.at, l.previews from log_previews(room, waiting, null, before) l;
  end loop;
end $$;

-- Takes the previews off a message, also those that have not come yet. No row when none was shown.
create function hide_previews(room bigint, target bigint, actor bigint)
returns table (seq bigint, at timestamptz, previews jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  before jsonb;
begin
  perform lock_room_for(room, actor);
  before := previews_of(room, target);
  update message_links l set hidden = true, preview = null where l.room_id = room and l.seq = target;
  return query select * from log_previews(room, target, actor, before);
end $$;

create function drop_links() returns trigger language plpgsql as $$
begin
  delete from message_links l where l.room_id = new.room_id and l.seq = new.seq;
  return null;
end $$;
create trigger messages_drop_links after update of deleted_at on messages
  for each row when (old.deleted_at is null and new.deleted_at is not null) execute function drop_links();
