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
FRAME 63 @ 00:00:06.200 t=6200 pts=6.200000
  CAUSE decode_loss score=1.00 suppressed=yes
FRAME 74 @ 00:00:07.300 t=7300 pts=7.300000
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 76 @ 00:00:07.500 t=7500 pts=7.500000
  EVENT type=APPEAR blob=4 dir=RIGHT since=7100 since_frame=72
FRAME 78 @ 00:00:07.700 t=7700 pts=7.700000
  EVENT type=ENTER blob=5 dir=RIGHT since=7100 since_frame=72
  EVENT type=ENTER blob=6 dir=DOWN since=7100 since_frame=72
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=EXIT blob=1 dir=DOWN since=5900 since_frame=60
FRAME 96 @ 00:00:09.500 t=9500 pts=9.500000
  EVENT type=DISAPPEAR blob=2 dir=TOWARD since=5900 since_frame=60
FRAME 101 @ 00:00:10.000 t=10000 pts=10.000000
  EVENT type=ENTER blob=7 dir=RIGHT since=9400 since_frame=95
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=6 dir=STATIC since=9100 since_frame=92
  EVENT type=ENTER blob=8 dir=RIGHT since=10100 since_frame=102
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=9 dir=LEFT since=10600 since_frame=107
  EVENT type=DISAPPEAR blob=7 dir=TOWARD since=10600 since_frame=107
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  CAUSE decode_loss score=1.00 suppressed=yes
FRAME 123 @ 00:00:12.200 t=12200 pts=12.200000
  EVENT type=DISAPPEAR blob=8 dir=TOWARD since=10800 since_frame=109
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=DISAPPEAR blob=9 dir=AWAY since=11900 since_frame=120
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=APPEAR blob=10 dir=RIGHT since=12000 since_frame=121
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=ENTER blob=11 dir=RIGHT since=12000 since_frame=121
  EVENT type=ENTER blob=12 dir=LEFT since=12000 since_frame=121
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=APPEAR blob=13 dir=LEFT since=12300 since_frame=124
  EVENT type=EXIT blob=12 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 b0998cc65d340f86aa3301e62df3f1f4f048620b0ecbc91700e501c1d023f854
