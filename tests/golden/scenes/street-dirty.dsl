FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 54 @ 00:00:05.300 t=5300 pts=5.300000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 57 @ 00:00:05.600 t=5600 pts=5.600000
  EVENT type=ENTER blob=3 dir=DOWN since=5400 since_frame=55
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 68 @ 00:00:06.700 t=6700 pts=6.700000
  EVENT type=APPEAR blob=4 dir=TOWARD since=6400 since_frame=65
FRAME 71 @ 00:00:07.000 t=7000 pts=7.000000
  EVENT type=ENTER blob=5 dir=RIGHT since=6800 since_frame=69
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=APPEAR blob=6 dir=STATIC since=7000 since_frame=71
FRAME 85 @ 00:00:08.400 t=8400 pts=8.400000
  EVENT type=SPLIT blob=1 dir=STATIC since=8100 since_frame=82 with=6
  EVENT type=SPLIT blob=6 dir=STATIC since=8100 since_frame=82 with=1
FRAME 86 @ 00:00:08.500 t=8500 pts=8.500000
  CAUSE insect score=0.62 suppressed=yes
FRAME 96 @ 00:00:09.500 t=9500 pts=9.500000
  EVENT type=STOP blob=6 dir=STATIC since=7000 since_frame=71
FRAME 97 @ 00:00:09.600 t=9600 pts=9.600000
  EVENT type=ENTER blob=7 dir=RIGHT since=9400 since_frame=95
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=ENTER blob=8 dir=RIGHT since=10100 since_frame=102
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=DISAPPEAR blob=8 dir=LEFT since=10300 since_frame=104
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=ENTER blob=9 dir=RIGHT since=10600 since_frame=107
  EVENT type=DISAPPEAR blob=7 dir=TOWARD since=10600 since_frame=107
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=10 dir=LEFT since=10600 since_frame=107
FRAME 117 @ 00:00:11.600 t=11600 pts=11.600000
  EVENT type=APPEAR blob=11 dir=LEFT since=11400 since_frame=115
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=1 dir=STATIC since=11500 since_frame=116 with=9
  EVENT type=MERGE blob=9 dir=STATIC since=11500 since_frame=116 with=1
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=DISAPPEAR blob=10 dir=LEFT since=11300 since_frame=114
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=ENTER blob=12 dir=RIGHT since=12100 since_frame=122
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=11 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 9323d35affc6b8230333706b3da7ed41b29dade9e4ff0b112f539754ed6a0371
