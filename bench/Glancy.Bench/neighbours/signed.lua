-- wrk sends what was signed beforehand: each line of the file is a request, its time, signature and body between tabs. None is sent twice.
local requests, sent = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local time, signature, body = line:match('^([^\t]+)\t([^\t]+)\t(.+)$')
    requests[#requests + 1] = wrk.format('POST', nil, {
      Host = wrk.headers['Host'],
      ['Content-Type'] = 'application/x-www-form-urlencoded',
      ['X-Slack-Request-Timestamp'] = time,
      ['X-Slack-Signature'] = signature,
    }, body)
  end
end

function request()
  sent = sent + 1
  if sent > #requests then
    error('more was sent than was signed')
  end
  return requests[sent]
end
