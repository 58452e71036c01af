FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 55 @ 00:00:05.400 t=5400 pts=5.400000
  EVENT type=ENTER blob=2 dir=LEFT since=5200 since_frame=53
FRAME 59 @ 00:00:05.800 t=5800 pts=5.800000
  EVENT type=ENTER blob=3 dir=LEFT since=5600 since_frame=57
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=ENTER blob=4 dir=DOWN since=5800 since_frame=59
FRAME 65 @ 00:00:06.400 t=6400 pts=6.400000
  EVENT type=DISAPPEAR blob=4 dir=TOWARD since=6100 since_frame=62
FRAME 76 @ 00:00:07.500 t=7500 pts=7.500000
  CAUSE headlight score=0.95 suppressed=yes
FRAME 86 @ 00:00:08.500 t=8500 pts=8.500000
  EVENT type=APPEAR blob=5 dir=LEFT since=8300 since_frame=84
FRAME 88 @ 00:00:08.700 t=8700 pts=8.700000
  EVENT type=APPEAR blob=6 dir=RIGHT since=8000 since_frame=81
FRAME 94 @ 00:00:09.300 t=9300 pts=9.300000
  EVENT type=MERGE blob=2 dir=STATIC since=9000 since_frame=91 with=3
  EVENT type=MERGE blob=3 dir=STATIC since=9000 since_frame=91 with=2
FRAME 98 @ 00:00:09.700 t=9700 pts=9.700000
  EVENT type=ENTER blob=7 dir=RIGHT since=9500 since_frame=96
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  EVENT type=ENTER blob=8 dir=RIGHT since=10100 since_frame=102
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=STOP blob=1 dir=STATIC since=8900 since_frame=90
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=APPEAR blob=9 dir=LEFT since=10400 since_frame=105
FRAME 108 @ 00:00:10.700 t=10700 pts=10.700000
  EVENT type=SPLIT blob=7 dir=STATIC since=10400 since_frame=105 with=8
  EVENT type=SPLIT blob=8 dir=STATIC since=10400 since_frame=105 with=7
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=10 dir=LEFT since=10600 since_frame=107
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=APPEAR blob=11 dir=LEFT since=10700 since_frame=108
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  EVENT type=APPEAR blob=12 dir=DOWN since=10900 since_frame=110
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=DISAPPEAR blob=12 dir=TOWARD
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=SPLIT blob=7 dir=STATIC since=10700 since_frame=108 with=9
  EVENT type=SPLIT blob=9 dir=STATIC since=10700 since_frame=108 with=7
  EVENT type=DISAPPEAR blob=6 dir=RIGHT
FRAME 116 @ 00:00:11.500 t=11500 pts=11.500000
  EVENT type=APPEAR blob=13 dir=RIGHT since=11300 since_frame=114
  EVENT type=DISAPPEAR blob=10 dir=LEFT since=11000 since_frame=111
  EVENT type=DISAPPEAR blob=11 dir=LEFT since=11000 since_frame=111
FRAME 117 @ 00:00:11.600 t=11600 pts=11.600000
  EVENT type=APPEAR blob=14 dir=LEFT since=11300 since_frame=114
  EVENT type=APPEAR blob=15 dir=RIGHT since=11400 since_frame=115
  EVENT type=APPEAR blob=16 dir=RIGHT since=11400 since_frame=115
  EVENT type=APPEAR blob=17 dir=RIGHT since=11400 since_frame=115
  EVENT type=APPEAR blob=18 dir=LEFT since=11400 since_frame=115
  EVENT type=SPLIT blob=2 dir=STATIC since=11300 since_frame=114 with=3
  EVENT type=SPLIT blob=3 dir=STATIC since=11300 since_frame=114 with=2
  EVENT type=DISAPPEAR blob=9 dir=TOWARD since=11400 since_frame=115
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=APPEAR blob=19 dir=DOWN since=11500 since_frame=116
  EVENT type=APPEAR blob=20 dir=RIGHT since=11500 since_frame=116
  EVENT type=DISAPPEAR blob=15 dir=RIGHT since=11600 since_frame=117
  EVENT type=DISAPPEAR blob=17 dir=RIGHT since=11600 since_frame=117
FRAME 120 @ 00:00:11.900 t=11900 pts=11.900000
  EVENT type=APPEAR blob=21 dir=LEFT since=11700 since_frame=118
  EVENT type=DISAPPEAR blob=20 dir=RIGHT since=11700 since_frame=118
FRAME 121 @ 00:00:12.000 t=12000 pts=12.000000
  EVENT type=DISAPPEAR blob=14 dir=LEFT since=11600 since_frame=117
  EVENT type=DISAPPEAR blob=16 dir=AWAY since=11800 since_frame=119
  EVENT type=DISAPPEAR blob=18 dir=LEFT since=11600 since_frame=117
FRAME 123 @ 00:00:12.200 t=12200 pts=12.200000
  EVENT type=DISAPPEAR blob=13 dir=AWAY
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=APPEAR blob=22 dir=LEFT since=12100 since_frame=122
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=EXIT blob=21 dir=LEFT since=12000 since_frame=121
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=APPEAR blob=23 dir=DOWN since=12600 since_frame=127
  EVENT type=EXIT blob=19 dir=LEFT since=12600 since_frame=127
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=APPEAR blob=24 dir=LEFT since=12700 since_frame=128
# all 130 frames: sha256 739faf997075d33c6242a0f1a7550b97f79ff489b11fb174677f6230e40750aa
