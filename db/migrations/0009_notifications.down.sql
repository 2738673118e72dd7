drop trigger sessions_ended on sessions;
drop trigger moved_listening on memberships;
drop trigger joined_listening on memberships;
drop table notices, room_listeners, push_subscriptions, room_levels, notification_settings;
drop function drop_devices(), membership_listening(), listening_changed(), listen_anew(bigint), rooms_listened(bigint),
  level_of(bigint, bigint, text);
