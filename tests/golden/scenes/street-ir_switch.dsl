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
FRAME 62 @ 00:00:06.100 t=6100 pts=6.100000
  CAUSE ir_switch score=0.94 suppressed=yes
FRAME 80 @ 00:00:07.900 t=7900 pts=7.900000
  EVENT type=EXIT blob=1 dir=DOWN since=5900 since_frame=60
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=ENTER blob=4 dir=DOWN since=7400 since_frame=75
FRAME 87 @ 00:00:08.600 t=8600 pts=8.600000
  EVENT type=EXIT blob=3 dir=DOWN since=7400 since_frame=75
FRAME 102 @ 00:00:10.100 t=10100 pts=10.100000
  EVENT type=ENTER blob=5 dir=RIGHT since=9500 since_frame=96
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=STOP blob=4 dir=STATIC since=9000 since_frame=91
FRAME 108 @ 00:00:10.700 t=10700 pts=10.700000
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=10500 since_frame=106
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=6 dir=LEFT since=10600 since_frame=107
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=APPEAR blob=7 dir=LEFT since=8700 since_frame=88
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=ENTER blob=8 dir=RIGHT since=10100 since_frame=102
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=4 dir=STATIC since=11500 since_frame=116 with=8
  EVENT type=MERGE blob=8 dir=STATIC since=11500 since_frame=116 with=4
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=6 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 f15bcf6b4a6efd47363e885193f7310bc86391c6aec1c061dc33f5fa2884e8bd
