FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 56 @ 00:00:05.500 t=5500 pts=5.500000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 59 @ 00:00:05.800 t=5800 pts=5.800000
  EVENT type=ENTER blob=3 dir=DOWN since=5400 since_frame=55
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 73 @ 00:00:07.200 t=7200 pts=7.200000
  EVENT type=ENTER blob=4 dir=RIGHT since=6800 since_frame=69
FRAME 99 @ 00:00:09.800 t=9800 pts=9.800000
  EVENT type=ENTER blob=5 dir=RIGHT since=9400 since_frame=95
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=ENTER blob=6 dir=RIGHT since=10100 since_frame=102
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=7 dir=DOWN since=10600 since_frame=107
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=10500 since_frame=106
  CAUSE light score=0.84 suppressed=yes
FRAME 116 @ 00:00:11.500 t=11500 pts=11.500000
  EVENT type=DISAPPEAR blob=7 dir=LEFT
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=APPEAR blob=8 dir=LEFT since=11600 since_frame=117
FRAME 123 @ 00:00:12.200 t=12200 pts=12.200000
  EVENT type=SPLIT blob=2 dir=STATIC since=11900 since_frame=120 with=8
  EVENT type=SPLIT blob=8 dir=STATIC since=11900 since_frame=120 with=2
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=ENTER blob=9 dir=RIGHT since=12200 since_frame=123
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=MERGE blob=1 dir=STATIC since=11500 since_frame=116 with=6
  EVENT type=MERGE blob=6 dir=STATIC since=11500 since_frame=116 with=1
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=8 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 39437e2326da08499e63c6d5014e639715fa2657b0339ea99daee260e424468a
