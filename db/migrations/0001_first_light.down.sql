drop function delete_message, edit_message, append_messages, append_unless_known, append_to_rooms, lock_rooms,
  append_to_one_room;
drop table read_pointers, message_revisions, room_events, messages, rooms, lounges, sessions, users;
