/** What is expected of language rooms. Written by hand, from what rooms promise; not from what the program does. */
const ROOMS_WITHOUT_MEMBERS = {
  ghost_in: "ghosts are of ghost rooms",
  member: "nobody is a member of a lounge",
  guest_in: "nobody is a member of a lounge",
  left: "nobody is a member of a lounge",
  kicked: "nobody is a member of a lounge",
  banned: "nobody is a member of a lounge",
  moderator: "nobody is a member of a lounge",
  owner: "nobody is a member of a lounge",
};
const RED_ONES = { red_guest: "as any guest, outside RED", red_member: "as any account, outside RED" };

export const language = {
  absent: { ...ROOMS_WITHOUT_MEMBERS, ...RED_ONES },
  table: `
                                       nobody guest ghost stranger staff admin
    rest
      read                                  +     +     f        +     +     +
      messages file                         i     +     f        +     +     +
      list                                  u     +     f        +     +     +
      find                                  +     +     +        +     +     +
      members bans                          n     n     n        n     n     n
      invites join join-bare leave          u     f     f        f     f     f
      invite revoke                         u     f     f        f     f     f
      kick kick-moderator kick-owner        u     f     f        f     f     f
      ban ban-moderator unban               u     f     f        f     f     f
      promote demote hand-over              u     f     f        f     f     f
      settings archive                      u     f     f        f     f     f
      upload                                i     f     f        +     +     +
      preview close close-bare              .     .     .        .     .     .
    socket
      read send edit-own delete-own         t     +     f        +     +     +
      react                                 t     +     f        +     +     +
      typing pointer                        t     +     f        +     +     +
      list                                  t     +     f        +     +     +
      edit-any                              t     f     f        f     f     f
      delete-any                            t     f     f        f     +     +
      pin                                   t     f     f        f     +     +
    page
      read                                  +     +     f        +     +     +
      send                                  u     +     f        +     +     +
      list                                  u     +     f        +     +     +
      find                                  +     +     +        +     +     +
      members bans leave invite revoke      u     n     f        n     n     n
      kick kick-moderator kick-owner        u     n     f        n     n     n
      ban ban-moderator unban               u     n     f        n     n     n
      promote demote hand-over              u     n     f        n     n     n
      settings archive                      u     n     f        n     n     n
      preview join join-bare                .     .     .        .     .     .`,
};

export const red = {
  absent: ROOMS_WITHOUT_MEMBERS,
  table: `
                                       nobody guest red_guest ghost stranger red_member staff admin
    rest
      read                                  u     f         +     f        f          +     f     f
      messages file                         i     f         +     f        f          +     f     f
      list                                  u     0         +     f        0          +     0     0
      find                                  +     +         +     +        +          +     +     +
      members bans                          n     n         n     n        n          n     n     n
      invites join join-bare leave          u     f         f     f        f          f     f     f
      invite revoke                         u     f         f     f        f          f     f     f
      kick kick-moderator kick-owner        u     f         f     f        f          f     f     f
      ban ban-moderator unban               u     f         f     f        f          f     f     f
      promote demote hand-over              u     f         f     f        f          f     f     f
      settings archive                      u     f         f     f        f          f     f     f
      upload                                i     f         f     f        f          +     f     f
      preview close close-bare              .     .         .     .        .          .     .     .
    socket
      read send edit-own delete-own         t     f         +     f        f          +     f     f
      react                                 t     f         +     f        f          +     f     f
      typing pointer                        t     f         +     f        f          +     f     f
      list                                  t     0         +     f        0          +     0     0
      edit-any delete-any                   t     f         f     f        f          f     f     f
      pin                                   t     f         f     f        f          f     f     f
    page
      read                                  u     f         +     f        f          +     f     f
      send                                  u     f         +     f        f          +     f     f
      list                                  u     0         +     f        0          +     0     0
      find                                  0     0         +     0        0          +     0     0
      members bans leave invite revoke      u     n         n     f        n          n     n     n
      kick kick-moderator kick-owner        u     n         n     f        n          n     n     n
      ban ban-moderator unban               u     n         n     f        n          n     n     n
      promote demote hand-over              u     n         n     f        n          n     n     n
      settings archive                      u     n         n     f        n          n     n     n
      preview join join-bare                .     .         .     .        .          .     .     .`,
};

export const closed_language = {
  absent: { ...ROOMS_WITHOUT_MEMBERS, ...RED_ONES },
  table: `
                                       nobody guest ghost stranger staff admin
    rest
      read members bans                     c     c     c        c     c     c
      messages file                         i     c     c        c     c     c
      list                                  u     0     f        0     0     0
      find                                  0     0     0        0     0     0
      invites join join-bare leave          u     c     f        c     c     c
      invite revoke                         u     c     f        c     c     c
      kick kick-moderator kick-owner        u     c     f        c     c     c
      ban ban-moderator unban               u     c     f        c     c     c
      promote demote hand-over              u     c     f        c     c     c
      settings archive                      u     c     f        c     c     c
      upload                                i     f     c        c     c     c
      preview close close-bare              .     .     .        .     .     .
    socket
      read send edit-own edit-any           t     c     c        c     c     c
      react pin                             t     c     c        c     c     c
      delete-own delete-any pointer         t     c     c        c     c     c
      typing                                t     f     f        f     f     f
      list                                  t     0     f        0     0     0
    page
      read send                             c     c     c        c     c     c
      list                                  u     0     f        0     0     0
      find                                  0     0     0        0     0     0
      members bans leave invite revoke      u     c     f        c     c     c
      kick kick-moderator kick-owner        u     c     f        c     c     c
      ban ban-moderator unban               u     c     f        c     c     c
      promote demote hand-over              u     c     f        c     c     c
      settings archive                      u     c     f        c     c     c
      preview join join-bare                .     .     .        .     .     .`,
};
