drop index messages_with_files, rooms_creator, room_bans_by, room_invites_by;
