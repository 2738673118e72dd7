/** What is expected of conversations. Written by hand, from what rooms promise; not from what the program does. */
const ABSENT = {
  red_guest: "as any guest, outside RED",
  red_member: "as any account, outside RED",
  ghost_in: "ghosts are of ghost rooms",
  guest_in: "conversations take an account",
  kicked: "nobody is sent out of a conversation",
  banned: "nobody is banned from a conversation",
  moderator: "there are no roles in a conversation",
  owner: "there are no roles in a conversation",
};
const OF_TWO = { ...ABSENT, left: "two people have nothing but each other to leave" };

export const direct_two = {
  absent: OF_TWO,
  table: `
                                       nobody guest ghost stranger member staff admin
    rest
      read members                          u     -     -        -      +     -     -
      messages file                         i     -     -        -      +     -     -
      bans                                  u     -     -        -      0     -     -
      list                                  u     0     f        0      +     0     0
      find                                  0     0     0        0      0     0     0
      join                                  u     f     f        0      =     0     0
      leave invites invite revoke           u     -     f        -      f     -     -
      kick kick-moderator kick-owner        u     -     f        -      f     -     -
      ban ban-moderator unban               u     -     f        -      f     -     -
      promote demote hand-over              u     -     f        -      f     -     -
      settings archive                      u     -     f        -      f     -     -
      upload                                i     f     -        -      +     -     -
      preview join-bare close close-bare    .     .     .        .      .     .     .
    socket
      read send edit-own delete-own         t     -     -        -      +     -     -
      react pin                             t     -     -        -      +     -     -
      pointer                               t     -     -        -      +     -     -
      list                                  t     0     f        0      +     0     0
      edit-any delete-any                   t     -     -        -      f     -     -
      typing                                t     f     f        f      +     f     f
    page
      read send                             u     -     -        -      +     -     -
      list                                  u     0     f        0      +     0     0
      find                                  0     0     0        0      0     0     0
      members                               u     -     f        -      +     -     -
      bans                                  u     -     f        -      0     -     -
      join                                  u     f     f        0      =     0     0
      leave invite revoke                   u     -     f        -      f     -     -
      kick kick-moderator kick-owner        u     -     f        -      f     -     -
      ban ban-moderator unban               u     -     f        -      f     -     -
      promote demote hand-over              u     -     f        -      f     -     -
      settings archive                      u     -     f        -      f     -     -
      preview join-bare                     .     .     .        .      .     .     .`,
};

export const blocked_two = {
  absent: OF_TWO,
  table: direct_two.table
    .replace(
      /^ {6}join .*$/gm,
      "      join                                  u     f     f        0      f     0     0",
    )
    .replace(
      "      read send edit-own delete-own         t     -     -        -      +     -     -",
      "      read delete-own                       t     -     -        -      +     -     -\n" +
        "      send edit-own                         t     -     -        -      f     -     -",
    )
    .replace(
      "      upload                                i     f     -        -      +     -     -",
      "      upload                                i     f     -        -      f     -     -",
    )
    .replace(
      "      react pin                             t     -     -        -      +     -     -",
      "      react pin                             t     -     -        -      f     -     -",
    )
    .replace(
      "      typing                                t     f     f        f      +     f     f",
      "      typing                                t     f     f        f      f     f     f",
    )
    .replace(
      "      read send                             u     -     -        -      +     -     -",
      "      read                                  u     -     -        -      +     -     -\n" +
        "      send                                  u     -     -        -      f     -     -",
    ),
};

export const direct_three = {
  absent: ABSENT,
  table: `
                                       nobody guest ghost stranger member left staff admin
    rest
      read members                          u     -     -        -      +    -     -     -
      messages file                         i     -     -        -      +    -     -     -
      bans                                  u     -     -        -      0    -     -     -
      list                                  u     0     f        0      +    0     0     0
      find                                  0     0     0        0      0    0     0     0
      join                                  u     f     f        0      =    +     0     0
      leave                                 u     -     f        -      +    -     -     -
      invites invite revoke                 u     -     f        -      f    -     -     -
      kick kick-moderator kick-owner        u     -     f        -      f    -     -     -
      ban ban-moderator unban               u     -     f        -      f    -     -     -
      promote demote hand-over              u     -     f        -      f    -     -     -
      settings archive                      u     -     f        -      f    -     -     -
      upload                                i     f     -        -      +    -     -     -
      preview join-bare close close-bare    .     .     .        .      .    .     .     .
    socket
      read send edit-own delete-own         t     -     -        -      +    -     -     -
      react pin                             t     -     -        -      +    -     -     -
      pointer                               t     -     -        -      +    -     -     -
      list                                  t     0     f        0      +    0     0     0
      edit-any delete-any                   t     -     -        -      f    -     -     -
      typing                                t     f     f        f      +    f     f     f
    page
      read send                             u     -     -        -      +    -     -     -
      list                                  u     0     f        0      +    0     0     0
      find                                  0     0     0        0      0    0     0     0
      members                               u     -     f        -      +    -     -     -
      bans                                  u     -     f        -      0    -     -     -
      join                                  u     f     f        0      =    +     0     0
      leave                                 u     -     f        -      +    -     -     -
      invite revoke                         u     -     f        -      f    -     -     -
      kick kick-moderator kick-owner        u     -     f        -      f    -     -     -
      ban ban-moderator unban               u     -     f        -      f    -     -     -
      promote demote hand-over              u     -     f        -      f    -     -     -
      settings archive                      u     -     f        -      f    -     -     -
      preview join-bare                     .     .     .        .      .    .     .     .`,
};
