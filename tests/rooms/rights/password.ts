/** What is expected of password rooms. Written by hand, from what rooms promise; not from what the program does. */
export const password = {
  absent: {
    red_guest: "as any guest, outside RED",
    red_member: "as any account, outside RED",
    ghost_in: "ghosts are of ghost rooms",
  },
  table: `
                                 nobody guest ghost stranger member guest_in left kicked banned moderator owner staff admin
    rest
      read                            u     -     -        -      +        +    -      -      f         +     +     -     -
      messages file                   i     -     -        -      +        +    -      -      f         +     +     -     -
      list                            u     0     f        0      +        +    0      0      0         +     +     0     0
      find                            0     0     0        0      0        0    0      0      0         0     0     0     0
      members                         u     -     -        -      +        +    -      -      f         +     +     +     +
      bans                            u     -     -        -      0        0    -      -      f         +     +     +     +
      invites invite revoke           u     -     f        -      f        f    -      -      f         f     f     -     -
      join                            u     +     f        +      =        =    +      +      f         =     =     +     +
      join-bare                       u     w     f        w      w        w    w      w      w         w     w     w     w
      leave                           u     -     f        -      +        +    -      -      f         +     +     -     -
      kick ban unban                  u     -     f        -      f        f    -      -      f         +     +     +     +
      kick-moderator ban-moderator    u     -     f        -      f        f    -      -      f         f     +     f     +
      kick-owner                      u     -     f        -      f        f    -      -      f         f     f     f     f
      promote demote                  u     -     f        -      f        f    -      -      f         f     +     -     +
      settings archive                u     -     f        -      f        f    -      -      f         f     +     -     +
      hand-over                       u     -     f        -      f        f    -      -      f         f     +     -     -
      upload                          i     f     -        -      +        f    -      -      f         +     +     -     -
      preview close close-bare        .     .     .        .      .        .    .      .      .         .     .     .     .
    socket
      read send edit-own pointer      t     -     -        -      +        +    -      -      f         +     +     -     -
      react                           t     -     -        -      +        +    -      -      f         +     +     -     -
      delete-own                      t     -     -        -      +        +    -      -      f         +     +     -     -
      list                            t     0     f        0      +        +    0      0      0         +     +     0     0
      edit-any                        t     -     -        -      f        f    -      -      f         f     f     -     -
      delete-any                      t     -     -        -      f        f    -      -      f         +     +     +     +
      pin                             t     -     -        -      f        f    -      -      f         +     +     +     +
      typing                          t     f     f        f      +        +    f      f      f         +     +     f     f
    page
      read send                       u     -     -        -      +        +    -      -      f         +     +     -     -
      list                            u     0     f        0      +        +    0      0      0         +     +     0     0
      find                            0     0     0        0      0        0    0      0      0         0     0     0     0
      members                         u     -     f        -      +        +    -      -      f         +     +     +     +
      bans                            u     -     f        -      0        0    -      -      f         +     +     +     +
      join                            u     +     f        +      =        =    +      +      f         =     =     +     +
      join-bare                       u     w     f        w      w        w    w      w      w         w     w     w     w
      leave                           u     -     f        -      +        +    -      -      f         +     +     f     f
      invite revoke                   u     -     f        -      f        f    -      -      f         f     f     f     f
      kick ban unban                  u     -     f        -      f        f    -      -      f         +     +     +     +
      kick-moderator ban-moderator    u     -     f        -      f        f    -      -      f         f     +     f     +
      kick-owner                      u     -     f        -      f        f    -      -      f         f     f     f     f
      promote demote                  u     -     f        -      f        f    -      -      f         f     +     f     +
      settings archive                u     -     f        -      f        f    -      -      f         f     +     f     +
      hand-over                       u     -     f        -      f        f    -      -      f         f     +     f     f
      preview                         .     .     .        .      .        .    .      .      .         .     .     .     .`,
};
