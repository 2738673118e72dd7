drop trigger messages_gone on messages;
drop trigger messages_changed on messages;
drop function forget_words;
drop index users_name;
drop table search_changes, search_lexicon, search_rooms, search_segments, message_search;
