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
FRAME 84 @ 00:00:08.300 t=8300 pts=8.300000
  STATE defocused since=8300 score=1.00
FRAME 98 @ 00:00:09.700 t=9700 pts=9.700000
  EVENT type=EXIT blob=2 dir=RIGHT since=8600 since_frame=87
FRAME 103 @ 00:00:10.200 t=10200 pts=10.200000
  EVENT type=ENTER blob=4 dir=RIGHT since=10000 since_frame=101
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=APPEAR blob=5 dir=TOWARD since=10000 since_frame=101
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=EXIT blob=4 dir=RIGHT since=10300 since_frame=104
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=DISAPPEAR blob=5 dir=AWAY since=10400 since_frame=105
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=6 dir=RIGHT since=10700 since_frame=108
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=DISAPPEAR blob=6 dir=RIGHT since=10900 since_frame=110
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  EVENT type=APPEAR blob=7 dir=RIGHT since=10900 since_frame=110
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=APPEAR blob=8 dir=LEFT since=10900 since_frame=110
FRAME 115 @ 00:00:11.400 t=11400 pts=11.400000
  EVENT type=APPEAR blob=9 dir=TOWARD since=11100 since_frame=112
FRAME 116 @ 00:00:11.500 t=11500 pts=11.500000
  EVENT type=APPEAR blob=10 dir=UP since=11300 since_frame=114
  EVENT type=EXIT blob=7 dir=RIGHT since=11100 since_frame=112
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=DISAPPEAR blob=10 dir=TOWARD since=11600 since_frame=117
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  CAUSE shadow score=0.30 suppressed=yes
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  CAUSE noise score=0.67 suppressed=yes
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=EXIT blob=9 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 1afce47c7e746642b04b8097de847a3d2dbd1664fcc5e72dcbe6c0649fc7383a
