/** What is expected of slug rooms. Written by hand, from what rooms promise; not from what the program does. */
const ABSENT = {
  red_guest: "as any guest, outside RED",
  red_member: "as any account, outside RED",
  ghost_in: "ghosts are of ghost rooms",
  guest_in: "slug rooms take an account",
};

export const public_slug = {
  absent: ABSENT,
  table: `
                                       nobody guest ghost stranger member left kicked banned moderator owner staff admin
    rest
      read                                  u     f     -        -      +    -      -      f         +     +     -     -
      messages file                         i     f     -        -      +    -      -      f         +     +     -     -
      list                                  u     0     f        0      +    0      0      0         +     +     0     0
      find preview                          +     +     +        +      +    +      +      +         +     +     +     +
      members                               o     o     o        o      +    o      o      o         +     +     +     +
      bans                                  0     0     0        0      0    0      0      0         +     +     +     +
      join join-bare                        u     f     f        +      =    +      +      f         =     =     +     +
      leave invites invite                  u     f     f        -      +    -      -      f         +     +     -     -
      revoke                                u     f     f        -      k    -      -      f         +     +     -     -
      kick ban unban                        u     f     f        -      f    -      -      f         +     +     +     +
      kick-moderator ban-moderator          u     f     f        -      f    -      -      f         f     +     f     +
      kick-owner                            u     f     f        -      f    -      -      f         f     f     f     f
      promote demote settings archive       u     f     f        -      f    -      -      f         f     +     -     +
      hand-over                             u     f     f        -      f    -      -      f         f     +     -     -
      upload                                i     f     -        -      +    -      -      f         +     +     -     -
      close close-bare                      .     .     .        .      .    .      .      .         .     .     .     .
    socket
      read send edit-own pointer            t     f     -        -      +    -      -      f         +     +     -     -
      react                                 t     f     -        -      +    -      -      f         +     +     -     -
      delete-own                            t     f     -        -      +    -      -      f         +     +     -     -
      list                                  t     0     f        0      +    0      0      0         +     +     0     0
      edit-any                              t     f     -        -      f    -      -      f         f     f     -     -
      delete-any                            t     f     -        -      f    -      -      f         +     +     +     +
      pin                                   t     f     -        -      f    -      -      f         +     +     +     +
      typing                                t     f     f        f      +    f      f      f         +     +     f     f
    page
      read                                  o     o     o        o      +    o      o      f         +     +     o     o
      list                                  u     0     f        0      +    0      0      0         +     +     0     0
      find                                  +     +     +        +      +    +      +      +         +     +     +     +
      preview                               +     +     +        +      =    +      +      f         =     =     +     +
      members                               u     -     f        -      +    -      -      -         +     +     +     +
      bans                                  u     -     f        -      0    -      -      -         +     +     +     +
      send                                  u     f     -        -      +    -      -      f         +     +     -     -
      join                                  u     f     f        +      =    +      +      f         =     =     +     +
      join-bare                             u     f     f        +      =    +      +      f         =     =     +     +
      leave                                 u     -     f        -      +    -      -      -         +     +     f     f
      invite                                u     -     f        -      +    -      -      -         +     +     f     f
      revoke                                u     -     f        -      k    -      -      -         +     +     f     f
      kick ban unban                        u     -     f        -      f    -      -      -         +     +     +     +
      kick-moderator ban-moderator          u     -     f        -      f    -      -      -         f     +     f     +
      kick-owner                            u     -     f        -      f    -      -      -         f     f     f     f
      promote demote settings archive       u     -     f        -      f    -      -      -         f     +     f     +
      hand-over                             u     -     f        -      f    -      -      -         f     +     f     f`,
};

export const invite_slug = {
  absent: ABSENT,
  table: `
                                       nobody guest ghost stranger member left kicked banned moderator owner staff admin
    rest
      read                                  u     f     -        -      +    -      -      f         +     +     -     -
      messages file                         i     f     -        -      +    -      -      f         +     +     -     -
      list                                  u     0     f        0      +    0      0      0         +     +     0     0
      find                                  0     0     0        0      0    0      0      0         0     0     0     0
      preview                               +     +     +        +      +    +      +      +         +     +     +     +
      members                               u     f     -        -      +    -      -      f         +     +     +     +
      bans                                  u     f     -        -      0    -      -      f         +     +     +     +
      join                                  u     f     f        +      =    +      +      f         =     =     +     +
      join-bare                             u     f     f        f      =    f      f      f         =     =     f     f
      leave invites invite                  u     f     f        -      +    -      -      f         +     +     -     -
      revoke                                u     f     f        -      k    -      -      f         +     +     -     -
      kick ban unban                        u     f     f        -      f    -      -      f         +     +     +     +
      kick-moderator ban-moderator          u     f     f        -      f    -      -      f         f     +     f     +
      kick-owner                            u     f     f        -      f    -      -      f         f     f     f     f
      promote demote settings archive       u     f     f        -      f    -      -      f         f     +     -     +
      hand-over                             u     f     f        -      f    -      -      f         f     +     -     -
      upload                                i     f     -        -      +    -      -      f         +     +     -     -
      close close-bare                      .     .     .        .      .    .      .      .         .     .     .     .
    socket
      read send edit-own pointer            t     f     -        -      +    -      -      f         +     +     -     -
      react                                 t     f     -        -      +    -      -      f         +     +     -     -
      delete-own                            t     f     -        -      +    -      -      f         +     +     -     -
      list                                  t     0     f        0      +    0      0      0         +     +     0     0
      edit-any                              t     f     -        -      f    -      -      f         f     f     -     -
      delete-any                            t     f     -        -      f    -      -      f         +     +     +     +
      pin                                   t     f     -        -      f    -      -      f         +     +     +     +
      typing                                t     f     f        f      +    f      f      f         +     +     f     f
    page
      read                                  f     f     f        f      +    f      f      f         +     +     f     f
      list                                  u     0     f        0      +    0      0      0         +     +     0     0
      find                                  0     0     0        0      0    0      0      0         0     0     0     0
      preview                               +     +     +        +      =    +      +      f         =     =     +     +
      members                               u     f     f        -      +    -      -      f         +     +     +     +
      bans                                  u     f     f        -      0    -      -      f         +     +     +     +
      send                                  u     f     -        -      +    -      -      f         +     +     -     -
      join                                  u     f     f        +      =    +      +      f         =     =     +     +
      join-bare                             u     f     f        f      =    f      f      f         =     =     f     f
      leave                                 u     f     f        -      +    -      -      f         +     +     f     f
      invite                                u     f     f        -      +    -      -      f         +     +     f     f
      revoke                                u     f     f        -      k    -      -      f         +     +     f     f
      kick ban unban                        u     f     f        -      f    -      -      f         +     +     +     +
      kick-moderator ban-moderator          u     f     f        -      f    -      -      f         f     +     f     +
      kick-owner                            u     f     f        -      f    -      -      f         f     f     f     f
      promote demote settings archive       u     f     f        -      f    -      -      f         f     +     f     +
      hand-over                             u     f     f        -      f    -      -      f         f     +     f     f`,
};

export const archived_slug = {
  absent: ABSENT,
  table: `
                                       nobody guest ghost stranger member left kicked banned moderator owner staff admin
    rest
      read                                  u     f     -        -      +    -      -      f         +     +     -     -
      messages file                         i     f     -        -      +    -      -      f         +     +     -     -
      list                                  u     0     f        0      +    0      0      0         +     +     0     0
      find                                  0     0     0        0      0    0      0      0         0     0     0     0
      preview                               c     c     c        c      c    c      c      c         c     c     c     c
      members                               o     o     o        o      +    o      o      o         +     +     +     +
      bans                                  0     0     0        0      0    0      0      0         +     +     +     +
      join join-bare                        u     f     f        c      =    c      c      f         =     =     c     c
      leave                                 u     f     f        -      +    -      -      f         +     +     -     -
      invites invite revoke                 u     f     f        -      c    -      -      f         c     c     -     -
      kick ban unban                        u     f     f        -      f    -      -      f         +     +     +     +
      kick-moderator ban-moderator          u     f     f        -      f    -      -      f         f     +     f     +
      kick-owner                            u     f     f        -      f    -      -      f         f     f     f     f
      promote demote settings archive       u     f     f        -      f    -      -      f         f     +     -     +
      hand-over                             u     f     f        -      f    -      -      f         f     +     -     -
      upload                                i     f     -        -      c    -      -      f         c     c     -     -
      close close-bare                      .     .     .        .      .    .      .      .         .     .     .     .
    socket
      read pointer                          t     f     -        -      +    -      -      f         +     +     -     -
      send edit-own delete-own              t     f     -        -      c    -      -      f         c     c     -     -
      react                                 t     f     -        -      c    -      -      f         c     c     -     -
      list                                  t     0     f        0      +    0      0      0         +     +     0     0
      edit-any                              t     f     -        -      c    -      -      f         c     c     -     -
      delete-any                            t     f     -        -      f    -      -      f         c     c     c     c
      pin                                   t     f     -        -      f    -      -      f         c     c     c     c
      typing                                t     f     f        f      c    f      f      f         c     c     f     f
    page
      read                                  o     o     o        o      +    o      o      f         +     +     o     o
      list                                  u     0     f        0      +    0      0      0         +     +     0     0
      find                                  0     0     0        0      0    0      0      0         0     0     0     0
      preview                               c     c     c        c      c    c      c      c         c     c     c     c
      members                               u     -     f        -      +    -      -      -         +     +     +     +
      bans                                  u     -     f        -      0    -      -      -         +     +     +     +
      send                                  u     f     -        -      c    -      -      f         c     c     -     -
      join                                  u     c     f        c      c    c      c      c         c     c     c     c
      join-bare                             u     f     f        c      =    c      c      f         =     =     c     c
      leave                                 u     -     f        -      +    -      -      -         +     +     f     f
      invite revoke                         u     -     f        -      c    -      -      -         c     c     f     f
      kick ban unban                        u     -     f        -      f    -      -      -         +     +     +     +
      kick-moderator ban-moderator          u     -     f        -      f    -      -      -         f     +     f     +
      kick-owner                            u     -     f        -      f    -      -      -         f     f     f     f
      promote demote settings archive       u     -     f        -      f    -      -      -         f     +     f     +
      hand-over                             u     -     f        -      f    -      -      -         f     +     f     f`,
};
