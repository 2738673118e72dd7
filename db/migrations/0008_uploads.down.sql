drop trigger messages_let_go_files on messages;
drop trigger messages_hold_files on messages;
drop function let_go_files();
drop function hold_files();
drop index files_let_go;
drop index files_message;
alter table files
  drop constraint files_picture,
  drop column let_go_at,
  drop column message_seq,
  drop column placeholder,
  drop column animated,
  drop column height,
  drop column width,
  drop column blob;
drop table uploads;
