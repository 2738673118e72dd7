-- Search: words of messages, indexed behind the writers (decision 26). What is not indexed yet is few, and is matched
-- when somebody searches; so a message is found as soon as it is sent, and sending costs nothing more.

create table message_search (
  room_id bigint not null,
  seq bigint not null,
  at timestamptz not null,
  author_id bigint,
  -- The version of the message that was indexed: another one counts as not indexed.
  edited_at timestamptz,
  -- Words as they are compared, with their places (`tea`); their stems, by language, without (`en:run`); and what filters
  -- ask for: #s<segment> #r<room> #o (a language room) #a<author> #link #file #picture #mention.
  words tsvector not null,
  primary key (room_id, seq)
);
-- Written in batches and tidied after each (gin_clean_pending_list), which costs a fraction of one entry at a time.
create index message_search_words on message_search using gin (words) with (fastupdate = on);

-- The index in pieces of some thousand messages, by time: a search looks through the newest pieces first, and seldom has
-- to look further. Pieces may overlap; every search within one goes by the messages' own times.
create table search_segments (
  id int primary key,
  size int not null,
  first_at timestamptz not null,
  last_at timestamptz not null
);

-- Up to which seq a room is indexed.
create table search_rooms (
  room_id bigint primary key references rooms on delete cascade,
  indexed_seq bigint not null
);

-- Which words there are, and in how many messages: what the beginning of a word can become. Byte order, so that the
-- index finds beginnings whatever the database's language.
create table search_lexicon (
  word text collate "C" primary key,
  uses bigint not null
) with (fillfactor = 80);

-- Messages that were edited, deleted or erased since the indexer last came by, and the words it had of them.
create table search_changes (
  id bigint generated always as identity primary key,
  room_id bigint not null,
  seq bigint not null,
  words tsvector
);

-- Names of those whose messages are asked for: username or name.
create index users_name on users (lower(name)) where tier <> 'ghost' and erased_at is null;

-- What is not said any more goes from the index with the very same transaction.
create function forget_words() returns trigger language plpgsql as $$
declare
  known tsvector;
begin
  delete from message_search s where s.room_id = old.room_id and s.seq = old.seq returning s.words into known;
  insert into search_changes (room_id, seq, words)
  select r.id, old.seq, known from rooms r where r.id = old.room_id and r.kind <> 'ghost';
  return null;
end $$;
create trigger messages_changed after update of body, attachments, deleted_at on messages
  for each row when (old.body <> new.body or old.attachments is distinct from new.attachments
    or old.deleted_at is distinct from new.deleted_at)
  execute function forget_words();
create trigger messages_gone after delete on messages for each row execute function forget_words();
