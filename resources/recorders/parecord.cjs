// The command of PulseAudio's recorder (PipeWire answers it, too), in the form that node-record-lpcm16 loads.
module.exports = ({ sampleRate, channels }) => ({
  cmd: 'parecord',
  args: ['--raw', '--format=s16le', `--rate=${sampleRate}`, `--channels=${channels}`, '--latency-msec=30'],
});
