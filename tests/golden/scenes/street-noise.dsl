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
FRAME 71 @ 00:00:07.000 t=7000 pts=7.000000
  EVENT type=ENTER blob=4 dir=RIGHT since=6800 since_frame=69
FRAME 78 @ 00:00:07.700 t=7700 pts=7.700000
  EVENT type=ENTER blob=5 dir=UP since=7500 since_frame=76
  EVENT type=APPEAR blob=6 dir=DOWN since=7500 since_frame=76
  EVENT type=APPEAR blob=7 dir=RIGHT since=7500 since_frame=76
FRAME 82 @ 00:00:08.100 t=8100 pts=8.100000
  EVENT type=DISAPPEAR blob=7 dir=RIGHT since=7700 since_frame=78
FRAME 83 @ 00:00:08.200 t=8200 pts=8.200000
  EVENT type=EXIT blob=5 dir=DOWN since=8100 since_frame=82
FRAME 89 @ 00:00:08.800 t=8800 pts=8.800000
  EVENT type=DISAPPEAR blob=4 dir=TOWARD since=8700 since_frame=88
FRAME 94 @ 00:00:09.300 t=9300 pts=9.300000
  CAUSE noise score=1.00 suppressed=yes
FRAME 101 @ 00:00:10.000 t=10000 pts=10.000000
  EVENT type=DISAPPEAR blob=6 dir=TOWARD since=8900 since_frame=90
FRAME 103 @ 00:00:10.200 t=10200 pts=10.200000
  CAUSE light score=0.85 suppressed=yes
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=ENTER blob=8 dir=DOWN since=9300 since_frame=94
FRAME 108 @ 00:00:10.700 t=10700 pts=10.700000
  EVENT type=STOP blob=1 dir=STATIC since=8800 since_frame=89
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=9 dir=TOWARD since=10100 since_frame=102
  EVENT type=APPEAR blob=10 dir=TOWARD since=10400 since_frame=105
  CAUSE absorbed score=0.20 blob=9 suppressed=yes
  CAUSE absorbed score=0.22 blob=10 suppressed=yes
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  CAUSE sway score=0.57 suppressed=yes
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=APPEAR blob=11 dir=AWAY since=10800 since_frame=109
FRAME 115 @ 00:00:11.400 t=11400 pts=11.400000
  EVENT type=DISAPPEAR blob=10 dir=LEFT since=11000 since_frame=111
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=ENTER blob=12 dir=UP since=7800 since_frame=79
  EVENT type=STOP blob=8 dir=STATIC since=9300 since_frame=94
  EVENT type=APPEAR blob=13 dir=RIGHT since=11600 since_frame=117
FRAME 121 @ 00:00:12.000 t=12000 pts=12.000000
  EVENT type=MOVE blob=1 dir=AWAY since=11900 since_frame=120
FRAME 122 @ 00:00:12.100 t=12100 pts=12.100000
  EVENT type=EXIT blob=12 dir=DOWN
FRAME 123 @ 00:00:12.200 t=12200 pts=12.200000
  EVENT type=ENTER blob=14 dir=LEFT since=11700 since_frame=118
  EVENT type=ENTER blob=15 dir=DOWN since=12000 since_frame=121
  CAUSE absorbed score=0.34 blob=14 suppressed=yes
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=STOP blob=9 dir=STATIC since=10100 since_frame=102
  EVENT type=ENTER blob=16 dir=LEFT since=12100 since_frame=122
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=ENTER blob=17 dir=UP since=10400 since_frame=105
  EVENT type=ENTER blob=18 dir=RIGHT since=10400 since_frame=105
  EVENT type=APPEAR blob=19 dir=AWAY since=10400 since_frame=105
  CAUSE absorbed score=0.44 blob=17 suppressed=yes
  CAUSE absorbed score=0.28 blob=18 suppressed=yes
  CAUSE absorbed score=0.16 blob=19 suppressed=yes
FRAME 126 @ 00:00:12.500 t=12500 pts=12.500000
  EVENT type=DISAPPEAR blob=13 dir=TOWARD
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=MOVE blob=9 dir=AWAY since=12300 since_frame=124
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=STOP blob=11 dir=STATIC since=10800 since_frame=109
  EVENT type=ENTER blob=20 dir=DOWN since=12600 since_frame=127
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=DISAPPEAR blob=16 dir=TOWARD since=12500 since_frame=126
# all 130 frames: sha256 c1252650e2cfb8ae7373171e508fb3e257185ed68ef6c0ea986bfa13a3e7ae1e
