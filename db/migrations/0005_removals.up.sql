-- Indexes for taking away what is over.

-- Which files a message holds.
create index messages_with_files on messages (room_id) where attachments is not null;
-- With every ghost that goes, the database looks for what names them.
create index rooms_creator on rooms (creator_id) where creator_id is not null;
create index room_bans_by on room_bans (banned_by) where banned_by is not null;
create index room_invites_by on room_invites (created_by) where created_by is not null;
