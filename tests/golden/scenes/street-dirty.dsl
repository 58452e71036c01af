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
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=ENTER blob=4 dir=DOWN since=7600 since_frame=77
FRAME 88 @ 00:00:08.700 t=8700 pts=8.700000
  CAUSE light score=0.30 suppressed=yes
FRAME 99 @ 00:00:09.800 t=9800 pts=9.800000
  EVENT type=ENTER blob=5 dir=RIGHT since=9400 since_frame=95
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=EXIT blob=1 dir=UP since=7800 since_frame=79
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=STOP blob=4 dir=STATIC since=9000 since_frame=91
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=10500 since_frame=106
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=6 dir=LEFT since=10600 since_frame=107
FRAME 115 @ 00:00:11.400 t=11400 pts=11.400000
  EVENT type=DISAPPEAR blob=6 dir=AWAY since=11300 since_frame=114
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=ENTER blob=7 dir=RIGHT since=10700 since_frame=108
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=APPEAR blob=8 dir=TOWARD since=11500 since_frame=116
  EVENT type=DISAPPEAR blob=7 dir=LEFT since=11800 since_frame=119
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=8 dir=LEFT since=12600 since_frame=127
  STATE dirty since=12900 score=1.00
# all 130 frames: sha256 7506aca08867ae8719c5d31f690d3df9273c2095efdcb589bc343084f7b509fd
