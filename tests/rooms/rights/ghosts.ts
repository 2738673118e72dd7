/** What is expected of ghost rooms. Written by hand, from what rooms promise; not from what the program does. */
const ABSENT = {
  red_guest: "as any guest, outside RED",
  red_member: "as any account, outside RED",
  member: "only ghosts are in ghost rooms: ghost_in",
  guest_in: "only ghosts are in ghost rooms",
  kicked: "nobody is sent out of a ghost room",
  banned: "nobody is banned from a ghost room",
  moderator: "ghosts have no roles",
  owner: "ghosts have no roles; who made the room holds its key",
};

export const ghost = {
  absent: ABSENT,
  table: `
                                       nobody guest ghost_in ghost stranger left staff admin
    rest
      read                                  u     -        +     -        -    u     -     -
      messages file leave                   i     -        +     -        -    s     -     -
      upload                                i     f        +     -        -    s     -     -
      list                                  u     0        f     f        0    u     0     0
      find                                  0     0        0     0        0    0     0     0
      preview join close                    +     +        +     +        +    +     +     +
      join-bare                             n     n        n     n        n    n     n     n
      close-bare                            f     f        f     f        f    f     f     f
      members bans                          n     n        n     n        n    n     n     n
      invites invite revoke                 u     -        f     f        -    u     -     -
      kick kick-moderator kick-owner        u     -        f     f        -    u     -     -
      ban ban-moderator unban               u     -        f     f        -    u     -     -
      promote demote hand-over              u     -        f     f        -    u     -     -
      settings archive                      u     -        f     f        -    u     -     -
    socket
      read send edit-own delete-own         t     -        +     -        -    s     -     -
      react                                 t     -        +     -        -    s     -     -
      pointer                               t     -        +     -        -    s     -     -
      list                                  t     0        f     f        0    s     0     0
      edit-any delete-any                   t     -        f     -        -    s     -     -
      pin                                   t     -        f     -        -    s     -     -
      typing                                t     f        +     f        f    s     f     f
    page
      read                                  o     o        o     o        o    o     o     o
      list                                  u     0        f     f        0    u     0     0
      find                                  0     0        0     0        0    0     0     0
      members bans leave invite revoke      u     n        f     f        n    u     n     n
      kick kick-moderator kick-owner        u     n        f     f        n    u     n     n
      ban ban-moderator unban               u     n        f     f        n    u     n     n
      promote demote hand-over              u     n        f     f        n    u     n     n
      settings archive                      u     n        f     f        n    u     n     n
      preview join join-bare send           .     .        .     .        .    .     .     .`,
};

/** Both ends of a ghost room are the same, but for the word; and a token ends by the clock, not when the room is closed. */
const over = (sign: "x" | "c") => ({
  absent: ABSENT,
  table: `
                                       nobody guest ghost_in ghost stranger left staff admin
    rest
      read members bans preview join        !     !        !     !        !    !     !     !
      close close-bare                      !     !        !     !        !    !     !     !
      messages file leave                   i     !        !     !        !    !     !     !
      upload                                i     f        !     !        !    !     !     !
      list                                  u     0        ~     f        0    u     0     0
      find                                  0     0        0     0        0    0     0     0
      join-bare                             n     n        n     n        n    n     n     n
      invites invite revoke                 u     !        ~     f        !    u     !     !
      kick kick-moderator kick-owner        u     !        ~     f        !    u     !     !
      ban ban-moderator unban               u     !        ~     f        !    u     !     !
      promote demote hand-over              u     !        ~     f        !    u     !     !
      settings archive                      u     !        ~     f        !    u     !     !
    socket
      read send edit-own edit-any           t     !        !     !        !    !     !     !
      react pin                             t     !        !     !        !    !     !     !
      delete-own delete-any pointer         t     !        !     !        !    !     !     !
      list                                  t     0        *     f        0    !     0     0
      typing                                t     f        *     f        f    !     f     f
    page
      read                                  o     o        o     o        o    o     o     o
      list                                  u     0        ~     f        0    u     0     0
      find                                  0     0        0     0        0    0     0     0
      members bans leave invite revoke      u     !        ~     f        !    u     !     !
      kick kick-moderator kick-owner        u     !        ~     f        !    u     !     !
      ban ban-moderator unban               u     !        ~     f        !    u     !     !
      promote demote hand-over              u     !        ~     f        !    u     !     !
      settings archive                      u     !        ~     f        !    u     !     !
      preview join join-bare send           .     .        .     .        .    .     .     .`
    .replaceAll("!", sign).replaceAll("~", sign === "x" ? "u" : "f").replaceAll(
      "*",
      sign === "x" ? "x" : "f",
    ),
});
export const expired_ghost = over("x");
export const closed_ghost = over("c");
