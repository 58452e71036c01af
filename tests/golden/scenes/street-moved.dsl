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
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 75 @ 00:00:07.400 t=7400 pts=7.400000
  STATE moved since=7400 score=0.88
FRAME 86 @ 00:00:08.500 t=8500 pts=8.500000
  EVENT type=ENTER blob=4 dir=DOWN since=7900 since_frame=80
FRAME 92 @ 00:00:09.100 t=9100 pts=9.100000
  EVENT type=ENTER blob=5 dir=LEFT since=7900 since_frame=80
FRAME 93 @ 00:00:09.200 t=9200 pts=9.200000
  EVENT type=ENTER blob=6 dir=RIGHT since=8000 since_frame=81
FRAME 99 @ 00:00:09.800 t=9800 pts=9.800000
  STATE online since=9800
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=ENTER blob=7 dir=RIGHT since=9900 since_frame=100
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=4 dir=STATIC since=9100 since_frame=92
  EVENT type=APPEAR blob=8 dir=TOWARD since=9700 since_frame=98
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=APPEAR blob=9 dir=UP since=10800 since_frame=109
FRAME 113 @ 00:00:11.200 t=11200 pts=11.200000
  EVENT type=APPEAR blob=10 dir=RIGHT since=11000 since_frame=111
  EVENT type=APPEAR blob=11 dir=RIGHT since=11000 since_frame=111
  EVENT type=APPEAR blob=12 dir=RIGHT since=11000 since_frame=111
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=ENTER blob=13 dir=RIGHT since=10700 since_frame=108
  EVENT type=APPEAR blob=14 dir=LEFT since=11100 since_frame=112
FRAME 115 @ 00:00:11.400 t=11400 pts=11.400000
  EVENT type=SPLIT blob=6 dir=STATIC since=10600 since_frame=107 with=7
  EVENT type=SPLIT blob=7 dir=STATIC since=10600 since_frame=107 with=6
  EVENT type=SPLIT blob=7 dir=STATIC since=11100 since_frame=112 with=9
  EVENT type=SPLIT blob=9 dir=STATIC since=11100 since_frame=112 with=7
FRAME 117 @ 00:00:11.600 t=11600 pts=11.600000
  EVENT type=EXIT blob=13 dir=DOWN since=11500 since_frame=116
  EVENT type=DISAPPEAR blob=12 dir=RIGHT since=11200 since_frame=113
FRAME 118 @ 00:00:11.700 t=11700 pts=11.700000
  EVENT type=DISAPPEAR blob=11 dir=RIGHT since=11300 since_frame=114
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=DISAPPEAR blob=8 dir=RIGHT since=11700 since_frame=118
  EVENT type=DISAPPEAR blob=14 dir=LEFT since=11400 since_frame=115
FRAME 120 @ 00:00:11.900 t=11900 pts=11.900000
  EVENT type=APPEAR blob=15 dir=UP since=11400 since_frame=115
  EVENT type=DISAPPEAR blob=10 dir=LEFT since=11500 since_frame=116
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=APPEAR blob=16 dir=AWAY since=11600 since_frame=117
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=EXIT blob=7 dir=LEFT since=11900 since_frame=120
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=DISAPPEAR blob=6 dir=DOWN since=11600 since_frame=117
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=MERGE blob=4 dir=STATIC since=12500 since_frame=126 with=16
  EVENT type=MERGE blob=16 dir=STATIC since=12500 since_frame=126 with=4
# all 130 frames: sha256 8353bff43c36c870c9364f8d30c5e8b0b746e81ab94f86e49d82a3fcafdc153a
