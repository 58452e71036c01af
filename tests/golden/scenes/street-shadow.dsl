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
FRAME 80 @ 00:00:07.900 t=7900 pts=7.900000
  EVENT type=ENTER blob=4 dir=RIGHT since=7300 since_frame=74
FRAME 82 @ 00:00:08.100 t=8100 pts=8.100000
  EVENT type=ENTER blob=5 dir=RIGHT since=6900 since_frame=70
FRAME 92 @ 00:00:09.100 t=9100 pts=9.100000
  EVENT type=APPEAR blob=6 dir=TOWARD since=8400 since_frame=85
  EVENT type=DISAPPEAR blob=4 dir=TOWARD since=8500 since_frame=86
  CAUSE absorbed score=0.29 blob=6 suppressed=yes
FRAME 99 @ 00:00:09.800 t=9800 pts=9.800000
  EVENT type=DISAPPEAR blob=6 dir=AWAY since=9700 since_frame=98
FRAME 100 @ 00:00:09.900 t=9900 pts=9.900000
  EVENT type=APPEAR blob=7 dir=RIGHT since=9700 since_frame=98
FRAME 101 @ 00:00:10.000 t=10000 pts=10.000000
  EVENT type=DISAPPEAR blob=7 dir=RIGHT since=9900 since_frame=100
FRAME 102 @ 00:00:10.100 t=10100 pts=10.100000
  CAUSE shadow score=0.76 suppressed=yes
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=8100 since_frame=82
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=8 dir=TOWARD since=10600 since_frame=107
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=STOP blob=1 dir=STATIC since=9500 since_frame=96
  EVENT type=ENTER blob=9 dir=RIGHT since=10400 since_frame=105
  EVENT type=DISAPPEAR blob=8 dir=TOWARD since=10900 since_frame=110
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=APPEAR blob=10 dir=AWAY since=11400 since_frame=115
FRAME 122 @ 00:00:12.100 t=12100 pts=12.100000
  EVENT type=APPEAR blob=11 dir=LEFT since=11900 since_frame=120
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=ENTER blob=12 dir=RIGHT since=12200 since_frame=123
  EVENT type=DISAPPEAR blob=9 dir=TOWARD since=11300 since_frame=114
FRAME 126 @ 00:00:12.500 t=12500 pts=12.500000
  EVENT type=APPEAR blob=13 dir=TOWARD since=11800 since_frame=119
  EVENT type=EXIT blob=11 dir=LEFT since=12400 since_frame=125
  CAUSE absorbed score=0.11 blob=13 suppressed=yes
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=EXIT blob=10 dir=LEFT since=12600 since_frame=127
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=APPEAR blob=14 dir=AWAY since=12100 since_frame=122
# all 130 frames: sha256 6a8f00baddc3fac0cc9d4b506152ce06045659988c768c99188fb1153c2cbe93
