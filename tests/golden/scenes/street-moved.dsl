FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 60 @ 00:00:05.900 t=5900 pts=5.900000
  CAUSE shadow score=0.70 suppressed=yes
FRAME 75 @ 00:00:07.400 t=7400 pts=7.400000
  STATE moved since=7400 score=0.88
FRAME 83 @ 00:00:08.200 t=8200 pts=8.200000
  EVENT type=ENTER blob=2 dir=LEFT since=7900 since_frame=80
  EVENT type=ENTER blob=3 dir=DOWN since=7900 since_frame=80
  EVENT type=ENTER blob=4 dir=RIGHT since=8000 since_frame=81
FRAME 102 @ 00:00:10.100 t=10100 pts=10.100000
  EVENT type=ENTER blob=5 dir=RIGHT since=9900 since_frame=100
FRAME 103 @ 00:00:10.200 t=10200 pts=10.200000
  EVENT type=APPEAR blob=6 dir=TOWARD since=9700 since_frame=98
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=STOP blob=3 dir=STATIC since=9400 since_frame=95
  EVENT type=ENTER blob=7 dir=RIGHT since=10700 since_frame=108
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=APPEAR blob=8 dir=UP since=10800 since_frame=109
  EVENT type=APPEAR blob=9 dir=LEFT since=10800 since_frame=109
  EVENT type=EXIT blob=7 dir=DOWN since=10900 since_frame=110
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  EVENT type=ENTER blob=10 dir=RIGHT since=10900 since_frame=110
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=ENTER blob=11 dir=RIGHT since=11000 since_frame=111
FRAME 115 @ 00:00:11.400 t=11400 pts=11.400000
  EVENT type=DISAPPEAR blob=11 dir=TOWARD since=11300 since_frame=114
FRAME 117 @ 00:00:11.600 t=11600 pts=11.600000
  EVENT type=SPLIT blob=2 dir=STATIC since=11000 since_frame=111 with=6
  EVENT type=SPLIT blob=6 dir=STATIC since=11000 since_frame=111 with=2
  EVENT type=SPLIT blob=5 dir=STATIC since=11100 since_frame=112 with=8
  EVENT type=SPLIT blob=8 dir=STATIC since=11100 since_frame=112 with=5
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=DISAPPEAR blob=9 dir=LEFT since=11300 since_frame=114
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=3 dir=STATIC since=11500 since_frame=116 with=10
  EVENT type=MERGE blob=10 dir=STATIC since=11500 since_frame=116 with=3
  EVENT type=DISAPPEAR blob=6 dir=RIGHT since=11700 since_frame=118
FRAME 121 @ 00:00:12.000 t=12000 pts=12.000000
  EVENT type=APPEAR blob=12 dir=TOWARD since=11700 since_frame=118
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=EXIT blob=4 dir=RIGHT since=11200 since_frame=113
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=EXIT blob=12 dir=LEFT since=12300 since_frame=124
# all 130 frames: sha256 611c210b995f8a5b3689ad3b7c2de2a4fda7a2598b62b75e55a66bea336dc5ee
