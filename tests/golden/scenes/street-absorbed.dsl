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
FRAME 67 @ 00:00:06.600 t=6600 pts=6.600000
  EVENT type=ENTER blob=3 dir=RIGHT since=6200 since_frame=63
FRAME 73 @ 00:00:07.200 t=7200 pts=7.200000
  EVENT type=ENTER blob=4 dir=RIGHT since=6800 since_frame=69
FRAME 75 @ 00:00:07.400 t=7400 pts=7.400000
  EVENT type=APPEAR blob=5 dir=LEFT since=7100 since_frame=72
FRAME 94 @ 00:00:09.300 t=9300 pts=9.300000
  EVENT type=STOP blob=5 dir=STATIC since=7800 since_frame=79
FRAME 96 @ 00:00:09.500 t=9500 pts=9.500000
  EVENT type=STOP blob=3 dir=STATIC since=8000 since_frame=81
FRAME 99 @ 00:00:09.800 t=9800 pts=9.800000
  EVENT type=ENTER blob=6 dir=RIGHT since=9400 since_frame=95
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=DISAPPEAR blob=6 dir=TOWARD since=10500 since_frame=106
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=7 dir=LEFT since=10600 since_frame=107
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=ENTER blob=8 dir=RIGHT since=10700 since_frame=108
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=MERGE blob=1 dir=STATIC since=12400 since_frame=125 with=8
  EVENT type=MERGE blob=8 dir=STATIC since=12400 since_frame=125 with=1
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=7 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 e9839df5ec59415e524f35ccc4372f7039d9f1a8607f1e3b13e1ca6f793c9d70
