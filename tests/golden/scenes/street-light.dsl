FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 60 @ 00:00:05.900 t=5900 pts=5.900000
  CAUSE shadow score=0.70 suppressed=yes
FRAME 62 @ 00:00:06.100 t=6100 pts=6.100000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 73 @ 00:00:07.200 t=7200 pts=7.200000
  EVENT type=ENTER blob=3 dir=RIGHT since=6800 since_frame=69
FRAME 99 @ 00:00:09.800 t=9800 pts=9.800000
  EVENT type=ENTER blob=4 dir=RIGHT since=9400 since_frame=95
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=ENTER blob=5 dir=RIGHT since=10100 since_frame=102
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=DISAPPEAR blob=4 dir=TOWARD since=10500 since_frame=106
  CAUSE light score=0.84 suppressed=yes
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=6 dir=TOWARD since=10600 since_frame=107
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=EXIT blob=6 dir=LEFT
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=MERGE blob=1 dir=STATIC since=11500 since_frame=116 with=5
  EVENT type=MERGE blob=5 dir=STATIC since=11500 since_frame=116 with=1
# all 130 frames: sha256 dfa0496d892e5b4eaa3fe1cb56bcdf043c36073b43ce8e726f107683b10a5a13
