//! A member of MLS groups on OpenMLS. The first line of standard input says who it is, each further one is a request;
//! all are JSON, and each is answered by a line on standard output. The member ends with its input.

#![forbid(unsafe_code)]

mod capture;
mod hex_bytes;
mod member;
mod protocol;
mod targeted;

use std::io::{self, BufRead, Write};

use member::{Member, Outcome};
use protocol::{Answer, Request};
use serde::Serialize;
use serde_json::{Value, from_str, to_value};

fn main() -> Outcome<()> {
    let mut lines = io::stdin().lock().lines();
    let Some(first) = lines.next() else {
        return Ok(());
    };
    let mut member = match begin(&first?) {
        Ok((member, key_package)) => {
            answer(Ok(key_package))?;
            member
        }
        Err(error) => return answer(Err(error)),
    };
    for line in lines {
        answer(
            from_str(&line?)
                .map_err(Into::into)
                .and_then(|request| handle(&mut member, request)),
        )?;
    }
    Ok(())
}

fn begin(line: &str) -> Outcome<(Member, Value)> {
    let (member, key_package) = Member::new(from_str(line)?)?;
    Ok((member, to_value(key_package)?))
}

fn handle(member: &mut Member, request: Request) -> Outcome<Value> {
    match request {
        Request::Found(founding) => json(member.found(founding)),
        Request::Join(joining) => json(member.join(joining)),
        Request::Commit(changes) => json(member.commit(changes)),
        Request::Process(received) => json(member.process(received)),
        Request::Seal(content) => json(member.seal(content)),
        Request::Open(received) => json(member.open(received)),
        Request::Capture => json(member.capture()),
        Request::Export(wanted) => json(member.export(wanted)),
        Request::Sign(content) => json(member.sign(content)),
    }
}

fn json(outcome: Outcome<impl Serialize>) -> Outcome<Value> {
    Ok(to_value(outcome?)?)
}

fn answer(outcome: Outcome<Value>) -> Outcome<()> {
    let answer = match outcome {
        Ok(value) => Answer::Ok(value),
        Err(error) => Answer::Error(error.to_string()),
    };
    let mut output = io::stdout().lock();
    writeln!(output, "{}", serde_json::to_string(&answer)?)?;
    Ok(output.flush()?)
}
