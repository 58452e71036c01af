FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 60 @ 00:00:05.900 t=5900 pts=5.900000
  CAUSE shadow score=0.70 suppressed=yes
FRAME 62 @ 00:00:06.100 t=6100 pts=6.100000
  CAUSE ir_switch score=0.94 suppressed=yes
FRAME 74 @ 00:00:07.300 t=7300 pts=7.300000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 80 @ 00:00:07.900 t=7900 pts=7.900000
  EVENT type=EXIT blob=1 dir=DOWN since=5900 since_frame=60
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=ENTER blob=3 dir=DOWN since=7400 since_frame=75
FRAME 102 @ 00:00:10.100 t=10100 pts=10.100000
  EVENT type=ENTER blob=4 dir=RIGHT since=9500 since_frame=96
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=STOP blob=3 dir=STATIC since=9000 since_frame=91
FRAME 108 @ 00:00:10.700 t=10700 pts=10.700000
  EVENT type=ENTER blob=5 dir=RIGHT since=10100 since_frame=102
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  EVENT type=SPLIT blob=4 dir=STATIC since=10800 since_frame=109 with=5
  EVENT type=SPLIT blob=5 dir=STATIC since=10800 since_frame=109 with=4
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=APPEAR blob=6 dir=LEFT since=8700 since_frame=88
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=3 dir=STATIC since=11500 since_frame=116 with=5
  EVENT type=MERGE blob=5 dir=STATIC since=11500 since_frame=116 with=3
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=4 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 ee481aadcda49eb479fb77557541212d7cb64aca1f43dd2ca9a32cae4e8f5466
