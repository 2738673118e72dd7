drop function audit_append;
drop table audit_log;
drop function audit_is_append_only;
drop table jobs, blocks, passkeys, recovery_codes, one_time_codes;
alter table users
  drop column username, drop column email, drop column phone_sealed, drop column phone_index, drop column password_hash,
  drop column birth_year, drop column bio, drop column languages, drop column avatar, drop column totp_sealed,
  drop column totp_confirmed_at, drop column totp_last_step, drop column erased_at;
