-- Accounts by e-mail and phone, their second factors, what they are owed (jobs), and what is never forgotten (audit).

alter table users
  -- Shown in addresses and mentions; unique whatever its case.
  add column username text,
  add column email text,
  -- The number itself is sealed under a key id (AES-256-GCM, AAD: table, column, row); it is found by a keyed hash.
  add column phone_sealed bytea,
  add column phone_index bytea,
  add column password_hash text,
  add column birth_year int check (birth_year between 1900 and 2100),
  add column bio text not null default '' check (char_length(bio) <= 500),
  add column languages text[] not null default '{}',
  -- Names the avatar's files; null: drawn from the name.
  add column avatar text,
  -- The TOTP secret, sealed; in force once confirmed.
  add column totp_sealed bytea,
  add column totp_confirmed_at timestamptz,
  -- The last time step whose code was used: a code is good once (RFC 6238, 5.2).
  add column totp_last_step bigint not null default 0,
  add column erased_at timestamptz;
create unique index users_username on users (lower(username));
create unique index users_email on users (lower(email));
create unique index users_phone on users (phone_index);

-- One-time codes: keyed hashes, bound to a purpose and a target, of which only a keyed hash is kept too.
create table one_time_codes (
  id uuid primary key,
  purpose text not null check (purpose in ('register', 'signup', 'reset', 'contact')),
  target_index bytea not null,
  code_hash bytea not null,
  -- What is done when the code comes back; sealed, for it may hold names, a password's hash or a phone number.
  payload_sealed bytea,
  attempts int not null default 0,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_codes_target on one_time_codes (purpose, target_index);

create table recovery_codes (
  user_id bigint not null references users on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table passkeys (
  -- The credential id, as the authenticator gave it.
  id bytea primary key,
  user_id bigint not null references users on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkeys_user on passkeys (user_id);

create table blocks (
  user_id bigint not null references users on delete cascade,
  blocked_id bigint not null references users on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, blocked_id),
  check (user_id <> blocked_id)
);
create index blocks_blocked on blocks (blocked_id);

-- Work that outlives the request that asked for it. A worker takes rows with FOR UPDATE SKIP LOCKED.
create table jobs (
  id uuid primary key,
  kind text not null,
  -- Sealed: a message to be sent holds a code or a number.
  payload_sealed bytea not null,
  -- Whose job it is to look at, when somebody may.
  user_id bigint references users on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  attempts int not null default 0,
  run_at timestamptz not null default now(),
  -- A worker that died lets go of its job then.
  locked_until timestamptz,
  -- 0 to 100.
  progress int not null default 0,
  -- What the job made, such as an export's file; never a secret.
  result jsonb,
  last_error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index jobs_due on jobs (run_at) where state in ('waiting', 'running');
create index jobs_user on jobs (user_id) where user_id is not null;

-- Append-only; each row bears the hash of the one before (see audit_append).
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id bigint,
  action text not null,
  subject_id bigint,
  -- No secrets, numbers or addresses in here.
  detail jsonb not null default '{}',
  previous_hash bytea not null,
  hash bytea not null
);
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_is_append_only();
create function audit_append(actor bigint, action text, subject bigint, detail jsonb) returns void
language plpgsql as $$
declare
  before bytea;
  stamp timestamptz;
begin
  -- One chain: appenders wait for each other.
  perform pg_advisory_xact_lock(7226415511);
  select l.hash into before from audit_log l order by l.id desc limit 1;
  before := coalesce(before, '\x00'::bytea);
  stamp := clock_timestamp();
  insert into audit_log (at, actor_id, action, subject_id, detail, previous_hash, hash)
  values (stamp, actor, action, subject, detail, before, sha256(before || convert_to(
    concat_ws('|', extract(epoch from stamp)::text, coalesce(actor::text, ''), action, coalesce(subject::text, ''), detail::text),
    'UTF8')));
end $$;
