-- Files on their way into rooms, and what is known of those that have come.

-- Bytes that were announced, and have come or not; one that is finished becomes a row of files, under the same id.
create table uploads (
  id uuid primary key,
  room_id bigint not null references rooms on delete cascade,
  user_id bigint not null references users on delete cascade,
  name text not null,
  -- As announced; exactly so many bytes are taken.
  size bigint not null check (size > 0),
  -- Once they have come, they lie in the store under rooms/<room_id>/<blob>.
  blob uuid,
  created_at timestamptz not null default now(),
  -- Somebody is making it a file since then.
  finishing_at timestamptz
);
create index uploads_room on uploads (room_id);
create index uploads_user on uploads (user_id);
create index uploads_created on uploads (created_at);

alter table files
  -- The bytes lie under rooms/<room_id>/<blob>, a picture's small copy under <blob>-thumb. What was once written under a
  -- key is never replaced.
  add column blob uuid,
  -- Pictures that we wrote anew, and nothing else.
  add column width int check (width > 0),
  add column height int check (height > 0),
  add column animated boolean not null default false,
  -- What stands there before the picture has come: a data: address.
  add column placeholder text check (char_length(placeholder) <= 400),
  -- The message that holds it.
  add column message_seq bigint,
  -- Since when no message holds it: it has found none yet, or its message was deleted.
  add column let_go_at timestamptz default now(),
  add constraint files_picture check ((width is null) = (height is null));
update files set blob = id;
alter table files alter column blob set not null;
update files f set message_seq = h.seq, let_go_at = h.deleted_at
from (
  select m.room_id, m.seq, m.deleted_at, (a.file ->> 'id')::uuid as id
  from messages m cross join lateral jsonb_array_elements(m.attachments) as a (file) where m.attachments is not null
) h where f.id = h.id and f.room_id = h.room_id;
create index files_message on files (room_id, message_seq) where message_seq is not null;
create index files_let_go on files (let_go_at) where let_go_at is not null;

-- A file is held by the first message that names it. It stays that message's: with it, it goes.
create function hold_files() returns trigger language plpgsql as $$
begin
  update files f set message_seq = new.seq, let_go_at = null
  from jsonb_array_elements(new.attachments) as a (file)
  where f.id = (a.file ->> 'id')::uuid and f.room_id = new.room_id and f.message_seq is null;
  return null;
end $$;
create trigger messages_hold_files after insert on messages
  for each row when (new.attachments is not null) execute function hold_files();

create function let_go_files() returns trigger language plpgsql as $$
begin
  update files f set let_go_at = now() where f.room_id = new.room_id and f.message_seq = new.seq and f.let_go_at is null;
  return null;
end $$;
create trigger messages_let_go_files after update of deleted_at on messages
  for each row when (old.attachments is not null and old.deleted_at is null and new.deleted_at is not null)
  execute function let_go_files();
